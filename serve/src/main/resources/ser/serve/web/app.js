// The page: takes a recording, asks the server, shows what it says.

import { models as loadModels, predict, Refused } from './api.js';
import { card } from './card.js';
import { clock, element } from './elements.js';
import { Microphone } from './recorder.js';
import { ResultView, verdictLine, wordsOf } from './result.js';
import { lastOf, wavOf } from './wav.js';

const LIVE_EVERY_MS = 1000;
const LEAST_WINDOW_S = 3;
const SPOKEN = 'your recording';
const find = (id) => document.getElementById(id);

class App {
  #limits;
  #models = new Map();
  #result = new ResultView();
  /** The recording that waits for a channel to be named. */
  #pending;
  #asking = new AbortController();
  #recording;

  async start() {
    try {
      const { limits, models } = await loadModels();
      this.#limits = limits;
      const titles = titlesOf(models);
      models.forEach((model, i) => this.#models.set(model.id, { ...model, title: titles[i] }));
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.#showModels();
    find('limits').textContent = `At most ${(this.#limits.upload_bytes / 1e6).toLocaleString('en')} MB and ${duration(this.#limits.seconds)}.`;
    this.#listen();
  }

  #showModels() {
    const models = [...this.#models.values()];
    find('notice').textContent = models[0].notice;
    find('cards').replaceChildren(...models.map(card));
    if (models.length > 1) {
      find('models-title').textContent = 'About the models';
      const options = find('model-choice').querySelector('.options');
      options.replaceChildren(...models.map((model) => {
        const box = element('input', { type: 'checkbox', name: 'model', value: model.id, 'data-testid': `model-${model.id}` });
        box.checked = true;
        return element('label', {}, box, model.title);
      }));
      find('model-choice').hidden = false;
    } else {
      find('models-title').textContent = 'About the model';
    }
  }

  #listen() {
    const file = find('file');
    file.addEventListener('change', () => {
      if (file.files.length) {
        this.#take(file.files[0], file.files[0].name);
      }
      // The same file may be chosen again.
      file.value = '';
    });
    const drop = find('drop');
    // Beside the field too: a browser would leave the page for the file.
    document.addEventListener('dragover', (event) => {
      event.preventDefault();
      drop.classList.add('over');
    });
    document.addEventListener('dragleave', (event) => {
      if (!event.relatedTarget) {
        drop.classList.remove('over');
      }
    });
    document.addEventListener('drop', (event) => {
      event.preventDefault();
      drop.classList.remove('over');
      const dropped = event.dataTransfer.files[0];
      if (dropped) {
        this.#take(dropped, dropped.name);
      }
    });
    find('record').addEventListener('click', () => (this.#recording ? this.#stopRecording() : this.#startRecording()));
    find('channel-form').addEventListener('submit', (event) => {
      event.preventDefault();
      const chosen = find('channel-form').querySelector('input:checked');
      if (chosen && this.#pending) {
        this.#take(this.#pending.recording, this.#pending.name, chosen.value);
      }
    });
  }

  /** Scores a recording and shows it. */
  async #take(recording, name, channel) {
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    this.#say('');
    find('error').replaceChildren();
    find('channel-form').hidden = true;
    this.#result.hide();
    if (recording.size > this.#limits.upload_bytes) {
      this.#fail(new Refused(`The recording has ${megabytes(recording.size)} MB, and at most ${megabytes(this.#limits.upload_bytes)} MB are taken. Send a part of it, or compress it (FLAC, Opus, MP3).`));
      return;
    }
    const models = this.#chosenModels();
    if (!models.length) {
      this.#fail(new Refused('No model is chosen. Choose one above.'));
      return;
    }
    this.#say(`Scoring ${name} …`, true);
    try {
      const answer = await predict(recording, { models, channel, details: true, signal });
      if (signal.aborted) {
        return;
      }
      this.#say('');
      this.#result.show(answer, { recording, name, models: this.#models });
      find('result-title').focus({ preventScroll: true });
      find('result').scrollIntoView({ block: 'start' });
    } catch (error) {
      if (error.name === 'AbortError' || signal.aborted) {
        return;
      }
      this.#say('');
      if (error.reason === 'channel_not_named' && error.channels > 1) {
        this.#askForChannel(recording, name, error.channels);
      } else {
        this.#fail(error);
      }
    }
  }

  /** No channel is chosen beforehand: it decides whose emotion is read. */
  #askForChannel(recording, name, channels) {
    this.#pending = { recording, name };
    find('channel-hint').textContent = `${name} has ${channels} channels.`;
    const choices = [...Array(channels).keys()].map((number) => [`${number}`, `Channel ${number}${sideOf(number, channels)}`]);
    choices.push(['mixed', 'The mean of all']);
    find('channel-form').querySelector('.options').replaceChildren(...choices.map(([value, text]) =>
      element('label', {}, element('input', { type: 'radio', name: 'channel', value, required: '', 'data-testid': `channel-${value}` }), text)));
    find('channel-form').hidden = false;
    find('channel-form').querySelector('input').focus();
  }

  #chosenModels() {
    return this.#models.size === 1
      ? [...this.#models.keys()]
      : [...find('model-choice').querySelectorAll('input:checked')].map((box) => box.value);
  }

  async #startRecording() {
    // What is still being scored would come in the middle of it.
    this.#asking.abort();
    this.#say('');
    find('error').replaceChildren();
    find('channel-form').hidden = true;
    const button = find('record');
    button.disabled = true;
    const recording = { blocks: [], samples: 0, microphone: new Microphone() };
    try {
      recording.rateHz = await recording.microphone.start((block) => this.#heard(recording, block), () => this.#stopRecording());
    } catch (error) {
      this.#fail(error);
      return;
    } finally {
      button.disabled = false;
    }
    this.#result.hide();
    find('again').hidden = true;
    this.#recording = recording;
    button.textContent = 'Stop';
    find('meter').hidden = false;
    find('live').hidden = false;
    find('live').replaceChildren(element('span.hint', {}, 'Listening …'));
    recording.timer = setInterval(() => this.#askLive(recording), LIVE_EVERY_MS);
  }

  #heard(recording, block) {
    recording.blocks.push(block);
    recording.samples += block.length;
    const loudest = block.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    find('meter').style.setProperty('--level', Math.min(1, Math.sqrt(loudest)));
    if (recording.rateHz) {
      const seconds = recording.samples / recording.rateHz;
      find('recorded-time').textContent = clock(seconds);
      const bytes = 44 + 2 * recording.samples;
      if (this.#recording === recording && (seconds >= this.#limits.seconds - 1 || bytes >= this.#limits.upload_bytes - recording.rateHz)) {
        this.#stopRecording();
      }
    }
  }

  /** The last window, unless the one before is still being scored. */
  async #askLive(recording) {
    const models = this.#chosenModels();
    if (recording.asking || !recording.samples || !models.length) {
      return;
    }
    recording.asking = true;
    try {
      const windowS = Math.max(LEAST_WINDOW_S, ...models.map((id) => this.#models.get(id).window_s ?? 0));
      const wav = wavOf(lastOf(recording.blocks, Math.round(windowS * recording.rateHz)), recording.rateHz);
      const answer = await predict(wav, { models });
      if (this.#recording === recording) {
        this.#showLive(answer);
      }
    } catch (error) {
      if (this.#recording === recording) {
        find('live').replaceChildren(element('span.hint', {}, error.message));
      }
    } finally {
      recording.asking = false;
    }
  }

  #showLive(answer) {
    find('live').replaceChildren(...answer.results.map((result) => element('div', { 'data-model': result.model, 'data-word': wordsOf(result).word },
      verdictLine(result),
      answer.results.length > 1 ? element('span.hint', {}, `  ${this.#models.get(result.model).title}`) : '')));
  }

  async #stopRecording() {
    const recording = this.#recording;
    this.#recording = undefined;
    clearInterval(recording.timer);
    const button = find('record');
    button.disabled = true;
    try {
      await recording.microphone.stop();
    } finally {
      button.disabled = false;
      button.textContent = 'Record';
    }
    find('meter').hidden = true;
    find('live').hidden = true;
    find('recorded-time').textContent = '';
    if (recording.samples) {
      const spoken = wavOf(recording.blocks, recording.rateHz);
      this.#offer(spoken);
      await this.#take(spoken, SPOKEN);
    } else {
      this.#fail(new Refused('The microphone gave no sound. See that it is on, and try again.'));
    }
  }

  /** What was spoken is nowhere else: after a refusal it can be sent once more. */
  #offer(spoken) {
    const again = find('again');
    again.hidden = false;
    again.onclick = () => this.#take(spoken, SPOKEN);
  }

  #say(text, busy = false) {
    find('status').textContent = text;
    find('status').classList.toggle('busy', busy);
  }

  #fail(error) {
    find('error').replaceChildren(element('p.note.warning', { 'data-reason': error.reason ?? 'page' }, error.message));
  }
}

/** File names, with the id where they are alike. */
function titlesOf(models) {
  return models.map((model) => {
    const alike = models.filter((other) => other.recipe === model.recipe);
    const title = `${model.recipe}${model.corpora.length ? ` on ${model.corpora.join(', ')}` : ''}`;
    return alike.length > 1 ? `${title} (${model.id.slice(0, 6)})` : title;
  });
}

function sideOf(number, channels) {
  return channels === 2 ? [' (left)', ' (right)'][number] : '';
}

function duration(seconds) {
  const [count, unit] = seconds % 60 === 0 ? [seconds / 60, 'minute'] : [seconds, 'second'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

function megabytes(bytes) {
  return (bytes / 1e6).toLocaleString('en', { maximumFractionDigits: 1 });
}

new App().start();
