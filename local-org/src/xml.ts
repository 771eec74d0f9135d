/** Text as the content of an XML element. */
export const escapeXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** `<id>1</id><state>Open</state>`: an element for each entry. */
export const elements = (entries: Readonly<Record<string, string | number>>) =>
  Object.entries(entries)
    .map(([name, value]) => `<${name}>${escapeXml(String(value))}</${name}>`)
    .join('');

/** The XML of a JSON value, below an element of this name; a list is the element over and over, null is nothing. */
export function toXml(name: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map((each) => toXml(name, each)).join('');
  const content =
    typeof value === 'object'
      ? Object.entries(value)
          .map(([key, each]) => toXml(key, each))
          .join('')
      : escapeXml(typeof value === 'string' ? value : JSON.stringify(value));
  return `<${name}>${content}</${name}>`;
}
