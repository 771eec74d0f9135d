/** Anything with one @ and no white space; whether it exists is for Salesforce to know. */
const pattern = /^[^\s@<>",;]+@[^\s@<>",;]+$/;

/** The longest address (RFC 5321). */
const LONGEST = 254;

/** An address as it is compared: trimmed, lower case. Undefined for what is none. */
export function normalEmail(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const email = value.trim().toLowerCase();
  return email.length <= LONGEST && pattern.test(email) ? email : undefined;
}

/** The address of a mailbox as mail headers write it: `Jane Doe <jane@x.com>`, or the address alone. */
export const mailboxEmail = (value: unknown): string | undefined =>
  normalEmail(typeof value === 'string' ? (/<([^<>]*)>\s*$/.exec(value)?.[1] ?? value) : undefined);
