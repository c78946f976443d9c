//! What the client makes of answers: of good ones, of none, and of such as nobody should send.

use std::time::Duration;

use blocks_registry::{Client, Patience, RegistryError, Token, sha256};

use crate::server::{Fault, Server, TOKEN};

pub const QUICK: Patience = Patience {
    tries: 3,
    first: Duration::from_millis(1),
    longest: Duration::from_secs(2),
    index: Duration::from_mins(1),
    look: Duration::from_millis(1),
    limit: Duration::from_secs(4),
};

fn client(server: &Server) -> Client {
    Client::open(&server.index(), Token::new(TOKEN), QUICK).unwrap()
}

/// What the client says of the versions of `some`, where all but `config.json` is answered like this.
fn said(fault: &Fault) -> String {
    let server = Server::start();
    let client = client(&server);
    let fault = fault.clone();
    server.script(move |_, _| Some(fault.clone()));
    client.versions("some").unwrap_err().to_string()
}

#[test]
fn what_is_there_is_found_and_what_is_not_is_absent() {
    let server = Server::start();
    server.put("some", "1.0.0", b"archive");
    let client = client(&server);
    let found = client.version("some", &"1.0.0".parse().unwrap()).unwrap().unwrap();
    assert_eq!(found.checksum, sha256(b"archive"));
    assert_eq!(client.archive(&found).unwrap().as_deref(), Some(&b"archive"[..]));
    assert!(client.version("some", &"1.0.1".parse().unwrap()).unwrap().is_none());
    assert!(client.versions("other").unwrap().is_empty());
    for status in [404, 410, 451] {
        server.script(move |_, _| Some(Fault::status(status)));
        assert!(client.versions("some").unwrap().is_empty(), "{status}");
        assert!(client.archive(&found).unwrap().is_none(), "{status}");
    }
}

#[test]
fn a_token_is_shown_only_where_the_registry_wants_one() {
    let server = Server::start();
    server.kept().auth_required = true;
    server.put("some", "1.0.0", b"archive");
    assert_eq!(client(&server).versions("some").unwrap().len(), 1);
    let error = Client::open(&server.index(), None, QUICK).unwrap_err().to_string();
    assert!(error.contains("401") && error.contains("_TOKEN"), "{error}");
    assert!(!format!("{:?}", client(&server)).contains(TOKEN));
}

#[test]
fn a_registry_that_is_busy_is_asked_again_as_it_wishes() {
    let server = Server::start();
    server.put("some", "1.0.0", b"archive");
    let client = client(&server);
    for status in [429, 500, 503] {
        let mut left = 2;
        server.script(move |_, _| {
            left -= 1;
            let wait = "retry-after: 0\r\n".to_owned();
            (left >= 0).then(|| Fault::Answer(status, wait, Vec::new()))
        });
        assert_eq!(client.versions("some").unwrap().len(), 1, "{status}");
    }
}

#[test]
fn no_answer_is_not_taken_for_absent() {
    for status in [500, 503, 403, 418] {
        let error = said(&Fault::status(status));
        assert!(error.contains(&status.to_string()), "{error}");
        assert!(!error.contains(TOKEN) && !error.contains('\u{1b}'), "{error}");
    }
    let long = Fault::Answer(429, "retry-after: 3600\r\n".to_owned(), Vec::new());
    assert!(said(&long).contains("(1 tries)"), "{}", said(&long));
    assert!(said(&Fault::Unanswered).contains("(3 tries)"));
    let closed = Client::open("sparse+http://127.0.0.1:1/", None, QUICK);
    assert!(matches!(closed, Err(RegistryError::Unreachable { .. })));
}

#[test]
fn an_answer_that_is_too_large_is_not_read_to_its_end() {
    let error = said(&Fault::Endless(1 << 30));
    assert!(error.contains("larger than"), "{error}");
}

#[test]
fn an_answer_that_is_none_of_the_protocol_is_an_error() {
    let page = Fault::Answer(200, String::new(), b"<html>log in, please</html>".to_vec());
    assert!(said(&page).contains("line 1"), "{}", said(&page));
    let server = Server::start();
    server.script(move |_, _| Some(page.clone()));
    let error = Client::open(&server.index(), None, QUICK).unwrap_err();
    assert!(matches!(error, RegistryError::Malformed { .. }), "{error}");
    for index in ["https://127.0.0.1/index.git", "sparse+file:///x/", "sparse+http://127.0.0.1"] {
        let error = Client::open(index, None, QUICK).unwrap_err();
        assert!(matches!(error, RegistryError::NotSparse(_)), "{error}");
    }
}

#[test]
fn no_address_is_made_of_a_name_that_is_none() {
    let server = Server::start();
    assert!(matches!(client(&server).versions("../etc"), Err(RegistryError::Name(_))));
}
