// A model's card.

import { element, percent } from './elements.js';

/** @param {object} model of /api/models */
export function card(model) {
  return element('article.card.model-card', { 'data-testid': `card-${model.id}`, 'data-model': model.id },
    element('h3', {}, model.title),
    tiles(model),
    element('div.columns', {},
      element('div.stack', {},
        element('div', {}, element('h4', {}, 'Known weaknesses'),
          element('ul.weaknesses', { 'data-testid': 'weaknesses' }, ...model.weaknesses.map((sentence) => element('li', {}, sentence)))),
        model.confusion ? element('div', {}, element('h4', {}, 'Confusion on held-out recordings'), matrix(model.confusion)) : ''),
      element('div', {}, element('h4', {}, 'Data and licence'), facts(model))));
}

function tiles(model) {
  const { metrics } = model;
  const tile = (name, value, remark = '') => element('div', {},
    element('dt', {}, name), element('dd.figure', {}, value), remark ? element('dd.remark', {}, remark) : '');
  if (!metrics) {
    return element('p.note.warning', { 'data-testid': 'no-metrics' }, 'This model was never tested: there are no held-out figures.');
  }
  const range = metrics.uar_range;
  return element('dl.tiles', { 'data-testid': 'metrics' },
    tile('Accuracy', percent(metrics.accuracy), 'of held-out recordings'),
    tile('Mean recall (UAR)', percent(metrics.uar), range ? `${percent(range.lower)} to ${percent(range.upper)} by speaker` : ''),
    tile('Macro F1', percent(metrics.macro_f1)),
    tile('Tested on', `${metrics.recordings}`, `recordings of ${metrics.speakers} speakers`));
}

function facts(model) {
  const list = element('dl.facts', { 'data-testid': 'facts' });
  const add = (name, value) => list.append(element('dt', {}, name), element('dd', {}, value));
  add('Emotions', model.labels.join(', '));
  add('Corpora', model.corpora.length ? model.corpora.join(', ') : 'not recorded');
  add('Licence of the data', model.licences.length ? [...new Set(model.licences)].join(', ') : 'not recorded');
  add('Split', `${splitOf(model.split)} (${model.split.detail})`);
  add('Recipe', `${model.recipe}, ${model.parameters.toLocaleString('en')} parameters`);
  add('Hears', model.window_s ? `${model.window_s.toFixed(1)} s at a time, at ${model.sample_rate_hz.toLocaleString('en')} Hz` : 'each recording at its own rate');
  add('Normalised by', normalised(model));
  add('Not sure below', percent(model.abstain_below));
  add('Model id', element('code', {}, model.id));
  return list;
}

function normalised(model) {
  if (model.normalise !== 'speaker') {
    return 'its training set';
  }
  return `the speaker's own voice${model.speaker_scores ? ', in what it hears and in what it answers' : ''}`;
}

function splitOf(split) {
  return split.protocol === 'speakers'
    ? `by speaker: ${split.training_speakers} trained, ${split.test_speakers} tested`
    : 'at random: the same voices in training and test';
}

function matrix({ labels, rows }) {
  const cells = rows.map((row, i) => {
    const all = row.reduce((sum, count) => sum + count, 0);
    return element('tr', {}, element('th', { scope: 'row' }, labels[i]), ...row.map((count) => {
      const share = all ? count / all : 0;
      const cell = element('td', { title: percent(share) }, count ? `${count}` : '');
      cell.style.setProperty('--share', share);
      return cell;
    }));
  });
  return element('div.scroll', {}, element('table.matrix', { 'data-testid': 'confusion' },
    element('caption', {}, 'Rows: what was acted. Columns: what the model said. Recordings.'),
    element('thead', {}, element('tr', {}, element('td'), ...labels.map((label) => element('th', { scope: 'col' }, label)))),
    element('tbody', {}, ...cells)));
}
