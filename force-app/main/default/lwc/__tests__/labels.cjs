const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const folder = join(__dirname, '../..');

/** The texts of the custom labels, by name: in English, or in the language of a translation. */
exports.labelsIn = (language = 'en_US') => {
  const isEnglish = language === 'en_US';
  const file = isEnglish ? 'labels/CustomLabels.labels-meta.xml' : `translations/${language}.translation-meta.xml`;
  const [block, name, text] = isEnglish ? ['labels', 'fullName', 'value'] : ['customLabels', 'name', 'label'];
  const xml = readFileSync(join(folder, file), 'utf8');
  const valueOf = (tag, part) => new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(part)?.[1] ?? '';
  const blocks = xml.matchAll(new RegExp(`<${block}>([^]*?)</${block}>`, 'g'));
  return new Map([...blocks].map(([, part]) => [valueOf(name, part), unescaped(valueOf(text, part))]));
};

const unescaped = (text) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');

/** From now on components that are imported have the real labels instead of their names. */
exports.useLabels = (language) => {
  for (const [name, text] of exports.labelsIn(language)) {
    jest.doMock(`@salesforce/label/c.${name}`, () => ({ __esModule: true, default: text }), { virtual: true });
  }
};
