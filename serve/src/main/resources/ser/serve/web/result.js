// A recording's result: verdicts, timeline, the moment under the cursor.

import { bars, clock, element, percent } from './elements.js';
import { frequencyMarks, lane, legend, ticks, waveform } from './draw.js';

const PAGE_S = 5;
const find = (id) => document.getElementById(id);

/** The words of a verdict. */
export function wordsOf(result) {
  const { emotion, probability, not_sure: notSure } = result.verdict;
  if (probability === null) {
    return { emotion: null, word: 'no speech', share: '' };
  }
  return notSure
    ? { emotion: null, word: 'not sure', share: '' }
    : { emotion, word: emotion, share: percent(probability) };
}

/** One line: a swatch, the word, its share. */
export function verdictLine(result) {
  const { emotion, word, share } = wordsOf(result);
  return element('span.verdict-line', {},
    element(`span.swatch${emotion ? `.emotion-${emotion}` : ''}`), `${word} ${share}`.trim());
}

export class ResultView {
  #answer;
  #models;
  #momentS = 0;
  #audio = find('audio');
  #address;

  constructor() {
    const timeline = find('timeline');
    timeline.addEventListener('keydown', (event) => this.#key(event));
    timeline.addEventListener('pointerdown', (event) => {
      timeline.setPointerCapture(event.pointerId);
      this.#point(event, true);
    });
    timeline.addEventListener('pointermove', (event) => {
      if (event.pointerType === 'mouse' || event.buttons) {
        this.#point(event, event.buttons > 0);
      }
    });
    this.#audio.addEventListener('timeupdate', () => {
      if (!this.#audio.paused) {
        this.#moveTo(this.#audio.currentTime);
      }
    });
    this.#audio.addEventListener('error', () => {
      if (this.#audio.hasAttribute('src')) {
        this.#audio.hidden = true;
        find('audio-problem').textContent = 'This browser cannot play the recording. It was scored all the same.';
      }
    });
  }

  /**
   * @param {object} answer of /api/predict, with details
   * @param {{recording: Blob, name: string, models: Map<string, object>}} of
   */
  show(answer, { recording, name, models }) {
    this.#answer = answer;
    this.#models = models;
    find('recording-name').textContent = name;
    find('recording-facts').textContent = factsOf(answer);
    find('verdicts').replaceChildren(...answer.results.map((result) => this.#verdict(result)));
    this.#play(recording);
    this.#draw();
    find('segments-table').replaceChildren(...answer.results.map((result) => this.#table(result)));
    find('result').hidden = false;
    this.#moveTo(firstSpeechS(answer));
  }

  hide() {
    find('result').hidden = true;
    this.#audio.pause();
  }

  #play(recording) {
    if (this.#address) {
      URL.revokeObjectURL(this.#address);
    }
    this.#address = URL.createObjectURL(recording);
    find('audio-problem').textContent = '';
    this.#audio.hidden = false;
    this.#audio.src = this.#address;
  }

  #verdict(result) {
    const { emotion, word, share } = wordsOf(result);
    const card = element(`div.card.verdict${emotion ? `.emotion-${emotion}` : ''}`,
      { 'data-testid': `verdict-${result.model}`, 'data-model': result.model },
      element('p.model-name', {}, this.#nameOf(result.model)),
      element('p.word', { 'data-testid': 'verdict-word' }, word, share ? ' ' : '', share ? element('span.share', {}, share) : ''));
    card.append(element('p.hint', {}, this.#remarkOn(result)));
    if (result.probabilities) {
      card.append(bars(result.probabilities));
    }
    return card;
  }

  #remarkOn(result) {
    if (result.verdict.probability === null) {
      return 'Nothing in it is loud enough to be scored.';
    }
    const spoken = `Over ${clock(result.speech_s)} of speech.`;
    if (!result.verdict.not_sure) {
      return spoken;
    }
    const [first, second] = Object.entries(result.probabilities).sort((a, b) => b[1] - a[1]);
    const least = percent(this.#models.get(result.model).abstain_below);
    return `No emotion reaches ${least}; nearest are ${first[0]} and ${second[0]}. ${spoken}`;
  }

  #draw() {
    const { waveform: samples, log_mel: logMel, duration_s: durationS, results } = this.#answer;
    const timeline = find('timeline');
    timeline.querySelector('.waveform').replaceChildren(waveform(samples));
    find('lanes').replaceChildren(...results.flatMap((result) => [
      element('div.track-name', { title: this.#nameOf(result.model) }, this.#nameOf(result.model)),
      lane(result, durationS)]));
    find('log-mel').src = logMel.png;
    timeline.querySelector('.marks').replaceChildren(...frequencyMarks(logMel.marks));
    timeline.querySelector('.axis-ticks').replaceChildren(...ticks(durationS));
    timeline.setAttribute('aria-valuemax', durationS.toFixed(2));
    const emotions = [...new Set(results.flatMap((result) => this.#models.get(result.model).labels))];
    find('legend').replaceChildren(...legend(emotions));
  }

  #table(result) {
    const rows = result.segments.map((segment) => element('tr', {},
      element('td.number', {}, clock(segment.start_s)), element('td.number', {}, clock(segment.end_s)),
      element('td', {}, element(`span.swatch.emotion-${segment.emotion}`), segment.emotion),
      element('td.number', {}, percent(segment.confidence))));
    if (!rows.length) {
      rows.push(element('tr', {}, element('td', { colspan: '4' }, 'None: no speech, or the model is not sure.')));
    }
    return element('table', {},
      element('caption', {}, this.#nameOf(result.model)),
      element('thead', {}, element('tr', {}, ...['from', 'to', 'emotion', 'probability'].map(
        (title, i) => element(i === 2 ? 'th' : 'th.number', { scope: 'col' }, title)))),
      element('tbody', {}, ...rows));
  }

  #moveTo(seconds) {
    const { duration_s: durationS, results } = this.#answer;
    this.#momentS = Math.max(0, Math.min(durationS, seconds));
    find('cursor').style.left = `${(100 * this.#momentS) / durationS}%`;
    find('moment-time').textContent = clock(this.#momentS);
    const windows = results.map((result) => windowAt(result.windows, this.#momentS));
    find('moment').replaceChildren(...results.map((result, i) => this.#moment(result, windows[i])));
    const timeline = find('timeline');
    timeline.setAttribute('aria-valuenow', this.#momentS.toFixed(2));
    timeline.setAttribute('aria-valuetext', `${clock(this.#momentS)}: ${results.map(
      (result, i) => `${results.length > 1 ? `${this.#nameOf(result.model)} ` : ''}${spoken(windows[i])}`).join('; ')}`);
  }

  #moment(result, window) {
    const part = element('div', { 'data-testid': `moment-${result.model}`, 'data-model': result.model });
    if (this.#answer.results.length > 1) {
      part.append(element('h4', {}, this.#nameOf(result.model)));
    }
    part.append(element('p.hint', {},
      `${spoken(window)} (${clock(window.start_s)} to ${clock(window.end_s)})`));
    if (window.probabilities) {
      part.append(bars(window.probabilities));
    }
    return part;
  }

  #point(event, seek) {
    const area = document.querySelector('.cursor-area').getBoundingClientRect();
    const share = Math.max(0, Math.min(1, (event.clientX - area.left) / area.width));
    if (event.clientX < area.left - 8 && !seek) {
      return;
    }
    if (seek) {
      this.#seek(share * this.#answer.duration_s);
    } else if (this.#audio.paused) {
      this.#moveTo(share * this.#answer.duration_s);
    }
  }

  #key(event) {
    const durationS = this.#answer.duration_s;
    const stepS = Math.max(0.1, Math.min(1, durationS / 50));
    const moves = {
      ArrowLeft: this.#momentS - stepS, ArrowDown: this.#momentS - stepS,
      ArrowRight: this.#momentS + stepS, ArrowUp: this.#momentS + stepS,
      PageDown: this.#momentS - PAGE_S, PageUp: this.#momentS + PAGE_S, Home: 0, End: durationS,
    };
    if (event.key in moves) {
      event.preventDefault();
      this.#seek(moves[event.key]);
    }
  }

  #seek(seconds) {
    this.#moveTo(seconds);
    if (!this.#audio.hidden && this.#audio.readyState > 0) {
      this.#audio.currentTime = this.#momentS;
    }
  }

  #nameOf(id) {
    return this.#models.get(id).title;
  }
}

function windowAt(windows, seconds) {
  const distance = (window) => Math.abs((window.start_s + window.end_s) / 2 - seconds);
  return windows.reduce((nearest, window) => (distance(window) < distance(nearest) ? window : nearest));
}

function spoken(window) {
  if (!window.speech) {
    return 'no speech';
  }
  return window.emotion ? `${window.emotion} ${percent(window.probabilities[window.emotion])}` : 'not sure';
}

function firstSpeechS(answer) {
  const window = answer.results[0].windows.find((candidate) => candidate.speech);
  return window ? (window.start_s + window.end_s) / 2 : 0;
}

function factsOf(answer) {
  const channels = answer.channels === 1
    ? 'mono'
    : `${answer.channels} channels, ${answer.channel === 'mixed' ? 'their mean' : `channel ${answer.channel}`} scored`;
  const part = answer.read_in_part ? ` · read only in part: ${answer.read_in_part.replaceAll('_', ' ')}` : '';
  return `· ${clock(answer.duration_s)} · ${answer.sample_rate_hz.toLocaleString('en')} Hz · ${channels}${part}`;
}
