"""The page in a real browser, from the file system: it plays, follows the voice, jumps and resumes."""

import importlib.util
import shutil
import time
from pathlib import Path

import pytest
from sound_makers import bulletin_of, clip_of, utterance_of

from bulletin import publish
from bulletin.mix import join, master
from bulletin.model import Script

selenium = pytest.importorskip("selenium")
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = [
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="needs chromium and chromedriver"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
TEXTS = [
    (
        "Trois communes privées d'eau après une rupture",
        {"role": "headline", "voice": "tone:h", "paragraph": 0},
    ),
    ("La conduite a cédé à l'aube.", {"paragraph": 1, "segment": 1}),
    ("Plus de 4 200 foyers sont touchés.", {"paragraph": 1, "segment": 1}),
    (
        "Nous n'avons rien vu venir.",
        {"paragraph": 1, "segment": 2, "role": "quote", "speaker": "Odile Ferrand"},
    ),
    ("Les écoles restent fermées.", {"paragraph": 2, "segment": 3}),
    ("Une enquête est ouverte", {"role": "headline", "paragraph": 3, "segment": 4}),
    ("Elle dira d'où vient la fuite.", {"paragraph": 4, "segment": 5}),
    ("Le lynx revient", {"role": "headline", "voice": "tone:h", "story": 1, "segment": 6, "paragraph": 0}),
    ("Il est revenu seul, dit-on au parc.", {"paragraph": 1, "segment": 7, "story": 1}),
    ("Personne ne l'a vu depuis.", {"paragraph": 1, "segment": 7, "story": 1}),
]
STORIES = (
    Script("Trois communes privées d'eau", "fr", "", (), url="https://exemple.fr/eau", byline="Odile"),
    Script("Le lynx revient", "fr", "", ()),
)
AXE = """
const done = arguments[0], line = (violation) => violation.id + " " + violation.nodes[0].html;
axe.run().then((found) => done(found.violations.map(line)));
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    said = [utterance_of(text, **where) for text, where in TEXTS]
    track = join(said, [clip_of(u.text) for u in said], stories=STORIES)
    samples, mastered = master(track.samples, track.rate)
    told = bulletin_of(track, samples, mastered=mastered, scripts=STORIES)
    publish.write(told, tmp_path_factory.mktemp("page") / "l'eau.mp3", beside=(".page.html",))
    return told, next(tmp_path_factory.getbasetemp().glob("page*/*.html"))


@pytest.fixture(scope="module")
def browser():
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for option in ("headless=new", "no-sandbox", "autoplay-policy=no-user-gesture-required", "mute-audio"):
        options.add_argument(f"--{option}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    driver.set_window_size(1100, 900)
    yield driver
    driver.quit()


@pytest.fixture
def opened(browser, written):
    """The page as one opens it for the first time."""
    told, path = written
    browser.get(path.as_uri())
    browser.execute_script("localStorage.clear(); document.getElementById('audio').pause()")
    browser.get("about:blank")
    browser.get(path.as_uri())
    until(browser, "return audio.readyState >= 1")
    return told


def until(browser, script, seconds=5.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := browser.execute_script(script):
            return found
        time.sleep(0.02)
    raise AssertionError(f"never true: {script}")


def playing(browser):
    return browser.execute_script("return !audio.paused")


def at(browser):
    return browser.execute_script("return audio.currentTime")


def emulate(browser, **features):
    media = features.pop("media", "")
    listed = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": listed})


def test_it_plays_and_lights_each_sentence_and_word_in_time(browser, opened):
    """Every frame over eight seconds: what is lit is what the clock of the sound says."""
    frames = browser.execute_async_script("""
        const done = arguments[0], seen = [];
        audio.currentTime = 1.5;
        audio.play();
        const look = () => {
          const word = document.querySelector(".w.now");
          const sentence = document.querySelector("a.s[aria-current]");
          const place = word ? [...word.parentNode.children].indexOf(word) : -1;
          seen.push([audio.currentTime, sentence ? Number(sentence.id.slice(1)) : -1, place]);
          if (audio.currentTime < 9.5) setTimeout(look, 15); else { audio.pause(); done(seen); }
        };
        audio.addEventListener("playing", look, { once: true });
    """)
    assert len(frames) > 50
    assert {sentence for _, sentence, _ in frames} >= {0, 1, 2, 3}
    late = 0
    for clock, sentence, word in frames:
        cue = opened.cues[sentence]
        following = opened.cues[sentence + 1].start
        late += not cue.start - 0.1 <= clock <= following + 0.1
        if word >= 0 and len(cue.words) > word:
            late += not cue.words[word].start - 0.12 <= clock <= cue.words[word].end + 0.3
    assert late <= len(frames) * 0.02


def test_a_click_on_a_sentence_jumps_there(browser, opened):
    browser.find_element("id", "s4").click()
    until(browser, "return !audio.paused && audio.currentTime > 1")
    assert at(browser) == pytest.approx(opened.cues[4].start, abs=0.6)
    assert until(browser, "return document.querySelector('a.s[aria-current]').id") == "s4"


def test_the_keyboard_reaches_everything(browser, opened):
    """Tab to the text, arrows along it, Enter to hear, Space to pause; one stop for the whole text."""
    from selenium.webdriver import ActionChains, Keys

    stops = []
    for _ in range(30):
        ActionChains(browser).send_keys(Keys.TAB).perform()
        stops.append(
            browser.execute_script("return document.activeElement.id || document.activeElement.tagName")
        )
        if stops[-1] == "follow":
            break
    assert [stop for stop in stops if stop.startswith("s") and stop[1:].isdigit()] == ["s0"]
    assert {"A", "audio", "previous", "next", "speed", "follow"} <= set(stops)
    browser.execute_script("document.querySelector('#text a.s[tabindex=\"0\"]').focus()")
    ActionChains(browser).send_keys(
        Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_RIGHT, Keys.ARROW_UP
    ).perform()
    assert browser.switch_to.active_element.get_attribute("id") == "s2"
    ActionChains(browser).send_keys(Keys.ENTER).perform()
    until(browser, "return !audio.paused")
    assert at(browser) == pytest.approx(opened.cues[2].start, abs=0.6)
    ActionChains(browser).send_keys(Keys.SPACE).perform()
    until(browser, "return audio.paused")
    ActionChains(browser).send_keys(Keys.END).perform()
    assert browser.switch_to.active_element.get_attribute("id") == f"s{len(TEXTS) - 1}"
    box = browser.switch_to.active_element.rect
    bar = browser.execute_script(
        "return document.querySelector('.player').getBoundingClientRect().top + scrollY"
    )
    assert box["y"] + box["height"] <= bar, "the player hides what has the focus"


def test_chapters_and_buttons_jump(browser, opened):
    browser.find_elements("css selector", "nav a")[1].click()
    until(browser, "return !audio.paused")
    assert at(browser) == pytest.approx(opened.chapters[1].start, abs=0.6)
    assert until(browser, "return document.querySelector('nav a[aria-current]')?.dataset.start")
    browser.find_element("id", "next").click()
    until(browser, "return document.querySelector('a.s[aria-current]').id === 's8'")
    browser.find_element("id", "previous").click()
    until(browser, "return document.querySelector('a.s[aria-current]').id === 's7'")


def test_it_resumes_where_one_stopped_and_keeps_the_speed(browser, opened, written):
    browser.execute_script(
        "speed.value = '1.25'; speed.dispatchEvent(new Event('change')); audio.currentTime = 8; audio.play()"
    )
    until(browser, "return audio.currentTime > 8.2")
    browser.execute_script("audio.pause()")
    left = at(browser)
    browser.get("about:blank")
    browser.get(written[1].as_uri())
    until(browser, "return audio.readyState >= 1 && audio.currentTime > 5")
    assert at(browser) == pytest.approx(left, abs=0.4)
    assert browser.execute_script("return audio.playbackRate") == 1.25
    assert "Reprise à 0:0" in browser.find_element("id", "status").text
    browser.find_element("css selector", "#status button").click()
    until(browser, "return audio.currentTime < 3")


def test_an_address_with_a_time_starts_there(browser, opened, written):
    browser.get("about:blank")
    browser.get(written[1].as_uri() + "#t=6.5")
    until(browser, "return audio.readyState >= 1 && audio.currentTime > 6")
    assert at(browser) == pytest.approx(6.5, abs=0.2)


def test_a_missing_audio_file_is_said(browser, written, tmp_path):
    alone = tmp_path / "alone.html"
    shutil.copy(written[1], alone)
    browser.get(alone.as_uri())
    until(browser, "return document.getElementById('status').textContent.includes('introuvable')")
    browser.get_log("browser")


def test_it_prints_without_the_player_and_with_the_whole_text(browser, opened):
    emulate(browser, media="print")
    hidden = (
        "return ['.player', 'nav', '.help'].map((q) => getComputedStyle(document.querySelector(q)).display)"
    )
    assert browser.execute_script(hidden) == ["none"] * 3
    assert browser.find_element("id", f"s{len(TEXTS) - 1}").is_displayed()
    emulate(browser)


def test_less_motion_means_no_transition(browser, opened):
    emulate(browser, prefers_reduced_motion="reduce")
    style = "return getComputedStyle(document.getElementById('s1')).transitionDuration"
    assert float(browser.execute_script(style).removesuffix("s")) < 0.001
    emulate(browser)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1100, 900), (360, 780)])
def test_axe_finds_no_violation(browser, opened, scheme, size):
    found = importlib.util.find_spec("axe_core_python")
    if found is None:
        pytest.skip("needs axe-core-python")
    axe = Path(found.origin).with_name("axe.min.js").read_text(encoding="utf-8")
    emulate(browser, prefers_color_scheme=scheme)
    browser.set_window_size(*size)
    browser.execute_script("audio.currentTime = 5")
    until(browser, "return document.querySelector('.w.now')")
    browser.execute_script(axe)
    violations = browser.execute_async_script(AXE)
    wider = browser.execute_script("return document.documentElement.scrollWidth - innerWidth")
    browser.set_window_size(1100, 900)
    emulate(browser)
    assert violations == []
    assert wider <= 0


def test_the_browser_complains_of_nothing(browser, opened):
    browser.execute_script("audio.play()")
    until(browser, "return audio.currentTime > 0.5")
    browser.execute_script("audio.pause()")
    assert [entry for entry in browser.get_log("browser") if entry["level"] in {"SEVERE", "WARNING"}] == []
