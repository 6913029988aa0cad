//! The real program behind real TLS, with certificates of services.

use crate::credentials::{AUDIENCE, Authority, Bearer, ISSUER, OWN, claims, p256, write_jwks};
use passend::wire::v1::{
    CancelRerankRequest, ListReranksRequest, ListVacanciesRequest,
    rerank_service_client::RerankServiceClient, vacancy_service_client::VacancyServiceClient,
};
use rcgen::{ExtendedKeyUsagePurpose, SanType};
use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};
use tonic::{
    Code, Status,
    service::interceptor::InterceptedService,
    transport::{Certificate, Channel, ClientTlsConfig, Endpoint, Identity},
};
use tonic_types::StatusExt;

const VALID: (i64, i64) = (-1, 30);

struct Program {
    child: Child,
    port: u16,
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn passend(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_passend"));
    command.args(["--language", "en", "--log", "warn", "--data"]).arg(folder.join("data"));
    command.arg("--config").arg(folder.join("passend.toml"));
    command
}

fn serve(folder: &Path) -> Program {
    let log = fs::File::create(folder.join("log")).unwrap();
    let mut child = passend(folder)
        .args(["serve", "--listen", "0.0.0.0:0"])
        .stdout(Stdio::piped())
        .stderr(log)
        .spawn()
        .unwrap();
    let ready = BufReader::new(child.stdout.take().unwrap()).lines().next().unwrap().unwrap();
    let address = ready.split_whitespace().find(|word| word.starts_with("0.0.0.0:")).unwrap();
    Program { child, port: address.rsplit_once(':').unwrap().1.parse().unwrap() }
}

fn dns(name: &str) -> SanType {
    SanType::DnsName(name.try_into().unwrap())
}

async fn channel(port: u16, trusted: &str, shown: Option<&(String, String)>) -> Channel {
    let mut tls =
        ClientTlsConfig::new().domain_name("localhost").ca_certificate(Certificate::from_pem(trusted));
    if let Some((certificate, key)) = shown {
        tls = tls.identity(Identity::from_pem(certificate, key));
    }
    let endpoint = Endpoint::from_shared(format!("https://127.0.0.1:{port}")).unwrap();
    endpoint.tls_config(tls).unwrap().connect().await.unwrap()
}

fn reason(status: &Status) -> String {
    assert_eq!(status.code(), Code::Unauthenticated, "{status}");
    status.get_error_details().error_info().unwrap().reason.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn services_come_in_by_their_certificates_people_by_tokens_and_nobody_by_another_authority() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let (of_server, of_services, foreign) = (Authority::new(), Authority::new(), Authority::new());
    let (certificate, key) = of_server.issue(&[dns("localhost")], ExtendedKeyUsagePurpose::ServerAuth, VALID);
    fs::write(path.join("server.pem"), certificate).unwrap();
    fs::write(path.join("server.key"), key).unwrap();
    fs::write(path.join("services.pem"), &of_services.pem).unwrap();
    let issuer = p256();
    write_jwks(&path.join("jwks.json"), &[("k1", &issuer)]);
    fs::write(
        path.join("passend.toml"),
        format!(
            "[tls]\ncertificate = \"server.pem\"\nkey = \"server.key\"\nclient_ca = \"services.pem\"\n\
             [authentication]\nissuer = \"{ISSUER}\"\naudience = \"{AUDIENCE}\"\njwks = \"jwks.json\"\n\
             [[authentication.services]]\nname = \"dns:nacht.voorbeeld.nl\"\nrole = \"batch\"\n\
             [[authentication.services]]\nname = \"uri:spiffe://voorbeeld.nl/wsp\"\nrole = \"employer_tool\"\n\
             organisation = \"{OWN}\"\n"
        ),
    )
    .unwrap();
    let program = serve(path);

    let client = ExtendedKeyUsagePurpose::ClientAuth;
    let night = of_services.issue(&[dns("nacht.voorbeeld.nl")], client.clone(), VALID);
    let uri = SanType::URI("spiffe://voorbeeld.nl/wsp".try_into().unwrap());
    let tool = of_services.issue(std::slice::from_ref(&uri), client.clone(), VALID);
    let both = of_services.issue(&[dns("nacht.voorbeeld.nl"), uri], client.clone(), VALID);
    let unknown = of_services.issue(&[dns("elders.voorbeeld.nl")], client.clone(), VALID);
    let expired = of_services.issue(&[dns("nacht.voorbeeld.nl")], client.clone(), (-30, -1));
    let early = of_services.issue(&[dns("nacht.voorbeeld.nl")], client.clone(), (1, 30));
    let for_servers =
        of_services.issue(&[dns("nacht.voorbeeld.nl")], ExtendedKeyUsagePurpose::ServerAuth, VALID);
    let of_foreign = foreign.issue(&[dns("nacht.voorbeeld.nl")], client, VALID);

    let runs = async |shown: Option<&(String, String)>, token: Option<String>| {
        let channel = channel(program.port, &of_server.pem, shown).await;
        let mut client = RerankServiceClient::new(InterceptedService::new(channel, Bearer(token)));
        client.list_reranks(ListReranksRequest::default()).await.map(drop)
    };
    let vacancies = async |shown: Option<&(String, String)>, token: Option<String>| {
        let channel = channel(program.port, &of_server.pem, shown).await;
        let mut client = VacancyServiceClient::new(InterceptedService::new(channel, Bearer(token)));
        client.list_vacancies(ListVacanciesRequest::default()).await.map(drop)
    };
    let advisor = || Some(issuer.token("k1", &claims("advisor", Some(OWN))));

    runs(Some(&night), None).await.unwrap();
    vacancies(Some(&tool), None).await.unwrap();
    vacancies(None, advisor()).await.unwrap();
    // A service that calls for a person is that person.
    vacancies(Some(&night), advisor()).await.unwrap();
    vacancies(Some(&unknown), advisor()).await.unwrap();
    for (shown, token) in [(Some(&night), None), (None, advisor())] {
        let (refused, role) = match token {
            None => (vacancies(shown, None).await.unwrap_err(), "batch"),
            token => {
                let channel = channel(program.port, &of_server.pem, shown).await;
                let mut client = RerankServiceClient::new(InterceptedService::new(channel, Bearer(token)));
                (client.cancel_rerank(CancelRerankRequest::default()).await.unwrap_err(), "advisor")
            }
        };
        assert_eq!(refused.code(), Code::PermissionDenied, "{role}: {refused}");
    }
    for (shown, why) in [
        (None, "CREDENTIALS_MISSING"),
        (Some(&unknown), "CERTIFICATE_UNKNOWN"),
        (Some(&both), "CERTIFICATE_UNKNOWN"),
        (Some(&expired), "CERTIFICATE_UNTRUSTED"),
        (Some(&early), "CERTIFICATE_UNTRUSTED"),
        (Some(&for_servers), "CERTIFICATE_UNTRUSTED"),
        (Some(&of_foreign), "CERTIFICATE_UNTRUSTED"),
    ] {
        assert_eq!(reason(&runs(shown, None).await.unwrap_err()), why);
    }
    // A foreign certificate is refused whatever comes with it.
    assert_eq!(reason(&vacancies(Some(&of_foreign), advisor()).await.unwrap_err()), "CERTIFICATE_UNTRUSTED");

    // The token of the folder opens nothing over the network, and everything at the door for this machine.
    let published: serde_json::Value =
        serde_json::from_slice(&fs::read(path.join("data/server.json")).unwrap()).unwrap();
    let token = published["token"].as_str().unwrap();
    let mut stolen = tonic::Request::new(ListReranksRequest::default());
    stolen.metadata_mut().insert(passend::grpc::LOCAL_TOKEN, token.parse().unwrap());
    let over_the_network = channel(program.port, &of_server.pem, None).await;
    let refused = RerankServiceClient::new(over_the_network).list_reranks(stolen).await.unwrap_err();
    assert_eq!(reason(&refused), "CREDENTIALS_MISSING");
    let listed = passend(path).args(["rerank", "--list"]).output().unwrap();
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    let home = published["address"].as_str().unwrap();
    let at_home = Channel::from_shared(format!("http://{home}")).unwrap().connect().await.unwrap();
    let nobody = RerankServiceClient::new(at_home).list_reranks(ListReranksRequest::default()).await;
    assert_eq!(reason(&nobody.unwrap_err()), "CREDENTIALS_MISSING");

    // Refusals are in the log, with who and why; tokens and keys are not.
    let log = fs::read_to_string(path.join("log")).unwrap();
    for word in ["CERTIFICATE_UNTRUSTED", "NOT_FOR_THIS_ROLE", "u-17", "elders.voorbeeld.nl", "CancelRerank"]
    {
        assert!(log.contains(word), "no {word} in: {log}");
    }
    assert!(!log.contains(token) && !log.contains("Bearer"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_is_revoked_while_the_service_runs_opens_nothing_more() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let (of_server, of_services) = (Authority::new(), Authority::new());
    let (certificate, key) = of_server.issue(&[dns("localhost")], ExtendedKeyUsagePurpose::ServerAuth, VALID);
    fs::write(path.join("server.pem"), certificate).unwrap();
    fs::write(path.join("server.key"), key).unwrap();
    fs::write(path.join("services.pem"), &of_services.pem).unwrap();
    fs::write(path.join("revoked.pem"), of_services.revoked(&[7], 1)).unwrap();
    fs::write(
        path.join("passend.toml"),
        "[tls]\ncertificate = \"server.pem\"\nkey = \"server.key\"\nclient_ca = \"services.pem\"\n\
         client_crl = \"revoked.pem\"\n\
         [[authentication.services]]\nname = \"dns:nacht.voorbeeld.nl\"\nrole = \"batch\"\n",
    )
    .unwrap();
    let program = serve(path);
    let issue = |number| {
        let client = ExtendedKeyUsagePurpose::ClientAuth;
        of_services.issue_numbered(&[dns("nacht.voorbeeld.nl")], client, VALID, Some(number))
    };
    let (lost, other) = (issue(8), issue(9));
    let open = channel(program.port, &of_server.pem, Some(&lost)).await;
    let asks = async |channel: &Channel| {
        let mut client = RerankServiceClient::new(channel.clone());
        client.list_reranks(ListReranksRequest::default()).await.map(drop)
    };
    asks(&open).await.unwrap();
    fs::write(path.join("revoked.pem"), of_services.revoked(&[7, 8], 1)).unwrap();
    let mut calls = 0;
    let refused = loop {
        match asks(&open).await {
            Err(status) => break status,
            Ok(()) => calls += 1,
        }
        assert!(calls < 500, "a revoked certificate is taken on and on");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    };
    assert_eq!(reason(&refused), "CERTIFICATE_REVOKED");
    let fine = channel(program.port, &of_server.pem, Some(&other)).await;
    asks(&fine).await.unwrap();
    // A list whose time is over says nothing of anybody.
    fs::write(path.join("revoked.pem"), of_services.revoked(&[], -1)).unwrap();
    let mut calls = 0;
    while asks(&fine).await.is_ok() {
        calls += 1;
        assert!(calls < 500, "a list of last year is believed");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

#[test]
fn a_public_address_without_tls_and_authentication_is_refused_before_anything_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("passend.toml"), "").unwrap();
    for address in ["0.0.0.0:0", "[::]:0"] {
        let ended = passend(folder.path()).args(["serve", "--listen", address]).output().unwrap();
        assert_eq!(ended.status.code(), Some(2));
        let told = String::from_utf8(ended.stderr).unwrap();
        for word in ["there is no TLS", "there is no authentication", "docs/access.md"] {
            assert!(told.contains(word), "no {word:?} in: {told}");
        }
        assert!(!folder.path().join("data").exists());
    }
    // Half of it is not enough.
    fs::write(folder.path().join("passend.toml"), "[authentication]\nissuer = \"https://i\"\n").unwrap();
    let ended = passend(folder.path()).args(["serve", "--listen", "127.0.0.1:0"]).output().unwrap();
    assert_eq!(ended.status.code(), Some(2));
    assert!(String::from_utf8(ended.stderr).unwrap().contains("audience and jwks"));
}
