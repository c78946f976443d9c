//! In which order programs run.

use blocks_statistics::{
    Judgement, Measured, Order, Pass, Protocol, Round, Run, Side, conclude, is_suspect, measure,
};

const PROTOCOL: Protocol = Protocol { rounds: 10, seed: 7 };

/// What a machine without noise measures, and the runs that it made.
fn measured(benchmarks: usize, time: &dyn Fn(&Run) -> Option<f64>) -> (Vec<Measured>, Vec<Run>) {
    let mut runs = Vec::new();
    let all = measure::<()>(benchmarks, PROTOCOL, &mut |run| {
        runs.push(run);
        Ok(time(&run))
    });
    (all.expect("no error"), runs)
}

#[test]
fn both_programs_run_twice_a_round_in_orders_that_a_coin_chooses() {
    let (all, runs) = measured(1, &|_| Some(5.0));
    let [measured] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!((measured.first.len(), measured.again.len()), (10, 0));
    let orders: Vec<_> = measured.first.iter().map(|round| round.order).collect();
    assert!(orders.contains(&Order::BeforeFirst) && orders.contains(&Order::NowFirst));
    let sides: Vec<_> = runs.iter().map(|run| run.side).collect();
    assert_eq!(sides, orders.iter().flat_map(|order| order.sides()).collect::<Vec<_>>());
}

#[test]
fn a_seed_decides_about_all_orders() {
    let orders = || {
        let (all, _) = measured(3, &|_| Some(1.0));
        all.iter().flat_map(|it| &it.first).map(|round| round.order).collect::<Vec<_>>()
    };
    assert_eq!(orders(), orders());
}

#[test]
fn benchmarks_take_turns() {
    let (_, runs) = measured(3, &|_| Some(1.0));
    let turns: Vec<_> = runs.iter().step_by(4).map(|run| (run.round, run.benchmark)).collect();
    assert_eq!(turns[..4], [(0, 0), (0, 1), (0, 2), (1, 0)]);
}

#[test]
fn what_got_slower_is_measured_again_and_nothing_else() {
    let slower =
        |run: &Run| Some(if run.benchmark == 1 && run.side == Side::Now { 2.0 } else { 1.0 });
    let (all, runs) = measured(3, &slower);
    assert_eq!(all.iter().map(|it| it.again.len()).collect::<Vec<_>>(), [0, 20, 0]);
    assert!(runs.iter().all(|run| run.pass == Pass::First || run.benchmark == 1));
}

// By chance slower at first, and not when it is looked at again.
#[test]
fn the_second_pass_decides() {
    let by_chance =
        |run: &Run| Some(if run.pass == Pass::First && run.side == Side::Now { 2.0 } else { 1.0 });
    let (all, _) = measured(1, &by_chance);
    let Measured { first, again, .. } = &all[0];
    assert!(is_suspect(first));
    let judged = |again| conclude(first, again, 0.01).map(|it| it.judgement);
    assert_eq!(judged(again), Some(Judgement::Within));
    // Without it nothing is called a regression.
    assert_eq!(judged(&[]), Some(Judgement::Unclear));
}

#[test]
fn a_run_without_a_time_ends_its_benchmark_and_no_other() {
    for wrong in [None, Some(0.0), Some(-1.0), Some(f64::NAN)] {
        let (all, runs) = measured(2, &|run| if run.benchmark == 0 { wrong } else { Some(1.0) });
        assert!(all[0].is_broken && all[0].first.is_empty());
        assert_eq!((all[1].is_broken, all[1].first.len()), (false, 10));
        assert_eq!(runs.iter().filter(|run| run.benchmark == 0).count(), 1);
    }
}

#[test]
fn an_error_ends_all() {
    assert_eq!(measure(2, PROTOCOL, &mut |_| Err("interrupted")), Err("interrupted"));
}

#[test]
fn the_faster_run_of_a_side_counts() {
    let round = Round { order: Order::BeforeFirst, before: [1.0, 8.0], now: [4.0, 1.0] };
    let conclusion = conclude(&[round; 10], &[], 0.0).expect("enough");
    assert!(conclusion.change.estimate.abs() < 1e-12);
    assert_eq!(conclude(&[round; 5], &[], 0.0), None);
}
