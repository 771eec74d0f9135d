/** Text as the content of an XML element. */
export const escapeXml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** `<id>1</id><state>Open</state>`: an element for each entry. */
export const elements = (entries: Readonly<Record<string, string | number>>) =>
  Object.entries(entries)
    .map(([name, value]) => `<${name}>${escapeXml(String(value))}</${name}>`)
    .join('');
