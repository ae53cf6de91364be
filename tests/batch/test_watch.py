"""`bulletin watch`, as a container runs it: once at the start, again by the clock, until SIGTERM."""

import signal

from tests.batch.test_kill import assert_whole, done, wait_until


def test_it_runs_at_once_and_ends_on_sigterm_while_it_waits(program, articles):
    """The first run's bulletins are there; SIGTERM between two runs ends it with exit code 0."""
    folder = articles(2)
    process = program.start("watch", folder, "--cast", "tone", "--workers", "1", "--every", "1h")
    wait_until(lambda: (program.out / "feed.xml").exists() or process.poll() is not None)
    assert done(program.out) == 2
    process.send_signal(signal.SIGTERM)
    out, words = process.communicate(timeout=60)
    assert (process.returncode, len(out.splitlines()), words) == (0, 2, "")
    assert_whole(program.out, 2)


def test_sigterm_in_the_middle_of_a_run_ends_it_after_the_items_in_work(program, articles):
    folder = articles(8)
    process = program.start("watch", folder, "--cast", "tone", "--workers", "1")
    wait_until(lambda: done(program.out) >= 1 or process.poll() is not None)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert 1 <= done(program.out) < 8
