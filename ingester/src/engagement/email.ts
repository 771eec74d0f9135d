/** Anything with one @ and no white space; whether it exists is for Salesforce to know. 80 is the length of an Email field. */
const pattern = /^[^\s@<>"',;]+@[^\s@<>"',;]+$/;

/** An address as it is compared: trimmed, lower case. Undefined for what is none. */
export function normalEmail(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const email = value.trim().toLowerCase();
  return email.length <= 254 && pattern.test(email) ? email : undefined;
}
