/**
 * JSON for a text field. Salesforce takes `@{` in a composite call for a reference to another part of it, wherever it
 * stands; in JSON it can only stand in a text, where it may as well be written with an escape.
 */
export const jsonText = (value: unknown): string => JSON.stringify(value).replaceAll('@{', String.raw`@\u007b`);
