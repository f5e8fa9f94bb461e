// Small helpers to build the page.

/**
 * @param {string} tag may carry classes: 'p.hint'
 * @param {Record<string, string>} attributes
 * @param {...(Node|string)} children
 */
export function element(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  const made = document.createElement(name);
  made.classList.add(...classes);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...children);
  return made;
}

export function svg(name, attributes) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
}

/** Places something on a time axis. */
export function place(made, startS, endS, durationS) {
  made.style.left = `${(100 * startS) / durationS}%`;
  made.style.width = `${(100 * (endS - startS)) / durationS}%`;
  return made;
}

/** 0.974 -> 97 %, never 100 % or 0 % unless it is. */
export function percent(share) {
  const rounded = Math.round(100 * share);
  if (rounded === 100 && share < 0.9995) {
    return '> 99%';
  }
  if (rounded === 0 && share > 0.0005) {
    return '< 1%';
  }
  return `${rounded}%`;
}

/** 75.34 -> 1:15.3; whole minutes and seconds on an axis -> 1:15 */
export function clock(seconds, whole = false) {
  const tenths = Math.round(10 * seconds);
  const minutes = Math.floor(tenths / 600);
  const rest = ((tenths - 600 * minutes) / 10).toFixed(whole ? 0 : 1);
  return minutes ? `${minutes}:${rest.padStart(whole ? 2 : 4, '0')}` : `${rest} s`;
}

/** Bars of probabilities, the model's order. */
export function bars(probabilities) {
  const list = element('ul.bars');
  Object.entries(probabilities).forEach(([emotion, probability]) => {
    const bar = element(`span.bar.emotion-${emotion}`);
    bar.style.setProperty('--share', probability);
    list.append(
      element('li', { 'data-emotion': emotion },
        element('span.bar-name', {}, emotion),
        element('span.bar-track', { 'aria-hidden': 'true' }, bar),
        element('span.bar-value', {}, percent(probability))));
  });
  return list;
}
