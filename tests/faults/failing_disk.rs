//! A disk that fails for real: a file system on a loop device whose end is taken away, so that the system's own write-back and
//! `fsync` end with an input/output error. Needs the right to mount; skipped where nobody may.

use crate::{
    common::{candidates_for, care_vacancy, carer, upsert, upsert_vacancy},
    program::Program,
};
use passend::wire::v1::{
    self, accountability_service_client::AccountabilityServiceClient,
    candidate_service_client::CandidateServiceClient, matching_service_client::MatchingServiceClient,
    vacancy_service_client::VacancyServiceClient,
};
use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tonic::Code;
use tonic_health::pb::{
    HealthCheckRequest, health_check_response::ServingStatus, health_client::HealthClient,
};
use tonic_types::StatusExt;

/// A disk of its own, in a namespace that goes with the process that holds it.
struct FailingDisk {
    holder: Child,
    folder: tempfile::TempDir,
}

impl FailingDisk {
    fn new() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let script = "set -e; cd \"$0\"; mount -t tmpfs -o size=700m none .; cd \"$0\"; truncate -s 256M image; \
            mkfs.ext4 -q image; mkdir disk again; mount -o loop,errors=continue image disk; echo mounted; exec cat";
        let mut holder = Command::new("unshare")
            .args(["--mount", "sh", "-c", script])
            .arg(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let told = BufReader::new(holder.stdout.take().unwrap()).lines().next();
        let disk = Self { holder, folder };
        told.is_some_and(|told| told.unwrap() == "mounted").then_some(disk)
    }

    fn inside(&self) -> Command {
        let mut enter = Command::new("nsenter");
        enter.arg("--target").arg(self.holder.id().to_string()).arg("--mount");
        enter
    }

    fn does(&self, script: &str) {
        let output = self.inside().args(["sh", "-e", "-c", script]).arg(self.folder.path()).output().unwrap();
        assert!(output.status.success(), "{script}: {output:?}");
    }

    fn data(&self, disk: &str) -> PathBuf {
        self.folder.path().join(disk).join("data")
    }

    fn serves(&self, disk: &str) -> Program {
        let mut enter = self.inside();
        enter.arg(env!("CARGO_BIN_EXE_passend"));
        Program::start_by(enter, &self.data(disk))
    }

    /// Everything behind the first megabyte is out of reach from now on.
    fn fail(&self) {
        self.does(
            "cd \"$0\"; sync disk/data/store.redb; cp --sparse=always image whole; \
             loop=$(losetup -n -O NAME -j \"$0/image\"); truncate -s 1M image; losetup -c $loop",
        );
    }

    /// Another disk with what the failing one had been told to keep.
    fn replaced(&self) {
        self.does("cd \"$0\"; mount -o loop whole again");
    }
}

impl Drop for FailingDisk {
    fn drop(&mut self) {
        let _ = self.holder.kill();
        let _ = self.holder.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn when_a_sync_fails_nothing_more_is_written_it_is_said_and_nothing_of_people_goes_out() {
    let Some(disk) = FailingDisk::new() else {
        println!("skipped when_a_sync_fails: nobody may mount a file system on a loop device here");
        return;
    };
    let server = disk.serves("disk");
    let channel = server.channel().await;
    let mut candidates = CandidateServiceClient::new(channel.clone());
    let mut vacancies = VacancyServiceClient::new(channel.clone());
    let mut matching = MatchingServiceClient::new(channel.clone());
    vacancies.upsert_vacancy(upsert_vacancy(care_vacancy("v-1"))).await.unwrap();
    for number in 0..30 {
        candidates.upsert_candidate(upsert(carer(&format!("k-{number}")))).await.unwrap();
    }
    let recorded = matching.match_candidates(candidates_for("v-1")).await.unwrap().into_inner();
    disk.fail();

    // The first writes may still find room in what the system keeps in memory; the sync tells.
    let person = v1::Candidate { presentation: "na de fout".to_owned(), ..carer("k-0") };
    let refused = candidates.upsert_candidate(upsert(person)).await.unwrap_err();
    assert_eq!(refused.code(), Code::Unavailable, "{refused}");
    let mut health = HealthClient::new(channel.clone());
    for service in ["passend.writing", "passend.v1.MatchingService"] {
        let since = Instant::now();
        loop {
            if service != "passend.writing" {
                // The record finds out when it is written.
                let refused = matching.match_candidates(candidates_for("v-1")).await.unwrap_err();
                let reason = refused.get_error_details().error_info().map(|info| info.reason.clone());
                assert_eq!(reason.as_deref(), Some("NOT_RECORDED"), "{refused}");
            }
            let asked = HealthCheckRequest { service: service.to_owned() };
            let status = health.check(asked).await.unwrap().into_inner().status();
            if status == ServingStatus::NotServing {
                break;
            }
            assert!(since.elapsed() < Duration::from_secs(5), "health does not tell of it: {service}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
    for round in 0..3 {
        // It is not tried again by itself: what a failed sync left is known to nobody.
        let person = v1::Candidate { presentation: format!("ronde {round}"), ..carer("k-1") };
        let refused = candidates.upsert_candidate(upsert(person)).await.unwrap_err();
        assert_eq!(refused.code(), Code::Unavailable, "{refused}");
        // Reads of no people go on, as far as this disk still lets the store be opened.
        match vacancies.get_vacancy(v1::GetVacancyRequest { id: "v-1".to_owned() }).await {
            Ok(read) => assert_eq!(read.into_inner().vacancy.unwrap().id, "v-1"),
            Err(status) => assert_eq!(status.code(), Code::Unavailable, "{status}"),
        }
        let get = v1::GetCandidateRequest { id: "k-1".to_owned(), ..Default::default() };
        let refused = candidates.get_candidate(get).await.unwrap_err();
        assert_eq!(refused.code(), Code::Unavailable, "no record, no personal data: {refused}");
    }
    server.kill();

    disk.replaced();
    let server = disk.serves("again");
    let channel = server.channel().await;
    let mut candidates = CandidateServiceClient::new(channel.clone());
    for number in 0..30 {
        let get = v1::GetCandidateRequest { id: format!("k-{number}"), ..Default::default() };
        let stored = candidates.get_candidate(get).await.unwrap().into_inner().candidate.unwrap();
        assert_ne!(stored.presentation, "na de fout", "what was refused is not there");
    }
    let mut records = AccountabilityServiceClient::new(channel).max_decoding_message_size(64 << 20);
    let asked = v1::GetDecisionRequest { id: recorded.decision_id.clone(), ..Default::default() };
    let told = records.get_decision(asked).await.unwrap().into_inner().decision.unwrap();
    assert_eq!(told.matches.len(), recorded.matches.len());
    candidates.upsert_candidate(upsert(carer("k-31"))).await.unwrap();
    server.kill();
    println!("a sync that failed: refused and said, nothing of people went out, 0 acknowledged lost");
}
