// What stands on the timeline.

import { clock, element, percent, place, svg } from './elements.js';

const MARK_GAP = 0.13;
const MOST_TICKS = 8;
const STEPS_S = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300];

/** Samples as a band between lowest and highest. */
export function waveform({ min, max }) {
  const loudest = Math.max(0.001, ...max.map(Math.abs), ...min.map(Math.abs));
  const at = (value) => (50 - (48 * value) / loudest).toFixed(2);
  const there = max.map((value, i) => `${i + 0.5} ${at(value)}`);
  const back = min.map((value, i) => `${i + 0.5} ${at(value)}`).reverse();
  const picture = svg('svg', { viewBox: `0 0 ${max.length} 100`, preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  picture.append(svg('path', { class: 'wave', d: `M${[...there, ...back].join('L')}Z`, 'vector-effect': 'non-scaling-stroke' }));
  return picture;
}

/** A model's stretches, hatched where there is speech and it is not sure. */
export function lane(result, durationS) {
  const track = element('div.track.lane', { 'data-testid': `lane-${result.model}`, 'data-model': result.model });
  for (const { startS, endS } of spokenOf(result.windows)) {
    track.append(place(element('div.unsure'), startS, endS, durationS));
  }
  for (const segment of result.segments) {
    const title = `${segment.emotion} ${percent(segment.confidence)}, ${clock(segment.start_s)} to ${clock(segment.end_s)}`;
    track.append(place(
      element(`div.segment.emotion-${segment.emotion}`, { title, 'data-emotion': segment.emotion },
        element('span', {}, segment.emotion)),
      segment.start_s, segment.end_s, durationS));
  }
  return track;
}

/** Where there is speech, as stretches that do not overlap. */
function spokenOf(windows) {
  const stretches = [];
  for (const window of windows.filter((candidate) => candidate.speech)) {
    const last = stretches.at(-1);
    if (last && window.start_s <= last.endS) {
      last.endS = window.end_s;
    } else {
      stretches.push({ startS: window.start_s, endS: window.end_s });
    }
  }
  return stretches;
}

/** Frequencies beside the log-mel picture, as many as fit. */
export function frequencyMarks(marks) {
  const shown = [];
  for (const mark of marks) {
    if (!shown.length || mark.at - shown.at(-1).at >= MARK_GAP) {
      shown.push(mark);
    }
  }
  return shown.map((mark) => {
    const text = element('span', {}, mark.hz < 1000 ? `${mark.hz}` : `${mark.hz / 1000}k`);
    text.style.bottom = `${100 * mark.at}%`;
    return text;
  });
}

/** Round times below the timeline. */
export function ticks(durationS) {
  const step = STEPS_S.find((candidate) => durationS / candidate <= MOST_TICKS) ?? 600;
  const made = [];
  for (let i = 0; i * step <= durationS; i++) {
    const text = element('span', {}, i === 0 ? '0' : clock(i * step, step >= 1));
    text.style.left = `${(100 * i * step) / durationS}%`;
    text.classList.toggle('last', i * step > 0.96 * durationS);
    made.push(text);
  }
  return made;
}

/** Every emotion that the lanes can have. */
export function legend(emotions) {
  return emotions.map((emotion) => element('span', {}, element(`span.swatch.emotion-${emotion}`), emotion));
}
