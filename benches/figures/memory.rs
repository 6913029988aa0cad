//! Memory of this process, as Linux tells it; "unknown" elsewhere.

fn figure(name: &str) -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.map_or_else(|| "unknown".to_owned(), |kilobytes| format!("{:.0} MB", kilobytes / 1_024.0))
}

/// What is resident now.
pub(crate) fn now() -> String {
    figure("VmRSS:")
}

/// The most that was resident since the peak was set back.
pub(crate) fn peak() -> String {
    figure("VmHWM:")
}

/// Lets the peak begin anew; where that is refused, it stays that of the whole process.
pub(crate) fn reset_peak() {
    if std::fs::write("/proc/self/clear_refs", "5").is_err() {
        println!("  (the peak of memory cannot be set back: it is that of the whole process)");
    }
}
