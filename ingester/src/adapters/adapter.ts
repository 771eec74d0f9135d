import type { Authenticated, Engagement } from '../engagement/engagement.ts';
import type { Identity } from '../engagement/identity.ts';

/** What came over HTTP, before anything of it is believed. Header names are in lower case. */
export interface RawRequest {
  url: string;
  headers: Record<string, string>;
  body: Buffer;
}

/** The settings of one connection, as the config or the normalize command gives them. */
export interface Settings {
  secret?: string;
  /** The key of a source that signs with a private one (SendGrid): SPKI in base64, or PEM. */
  publicKey?: string;
  /** The certificates of a source that names them (SNS): PEM by URL. One that is not here is not believed. */
  certificates?: Record<string, string>;
  /** The SNS topics that may send; all that can be verified if there is no list. */
  topics?: string[];
  /** The URL exactly as the source has it, for sources that sign it; otherwise it is put together from the request. */
  url?: string;
  /** Accept what a signing source did not sign. */
  allowUnsigned?: boolean;
  /** The generic adapter's field mapping: path in the engagement → path in the JSON, or `=literal`. */
  mapping?: Record<string, string>;
}

/** `covers: 'first'`: the signature proves only the first event of a batch. */
export type Verdict = { ok: true; authenticated: Authenticated; covers?: 'first' } | { ok: false; reason: string };

/** An accepted request, as the inbox keeps it: without secrets, with the headers that mean something. */
export interface Delivery {
  connection: string;
  adapter: string;
  receivedAt: number;
  authenticated: Authenticated;
  covers?: 'first';
  headers: Record<string, string>;
  body: Buffer;
}

/** Two or more keys of one person, from a message that is no engagement (Segment's identify and alias). */
export type Introduction = Identity;

/** What could be read stands, and what could not has its reason. */
export interface Normalized {
  engagements: Engagement[];
  introductions: Introduction[];
  deadLetters: string[];
}

/** One source. All functions are pure: no clock, no network. */
export interface Adapter {
  readonly name: string;
  /** The answer to an accepted delivery. */
  readonly accepted: 200 | 202;
  /** Authenticates raw bytes. `now` is in epoch milliseconds. */
  verify(request: RawRequest, settings: Settings, now: number): Verdict;
  /** Throws Unreadable where nothing of the body can be read. */
  normalize(delivery: Delivery, settings: Settings): Normalized;
  /** What is wrong with the settings, and what to do; asked at start. */
  problem?(settings: Settings): string | undefined;
  /** The certificate that `verify` wants, at a host that is the source's own; undefined where it needs none. */
  certificateUrl?(request: RawRequest, settings: Settings): string | undefined;
  /** Where an authenticated request asks to be confirmed, at a host that is the source's own. */
  confirmationUrl?(request: RawRequest, settings: Settings): string | undefined;
}

/** The whole body says nothing that the adapter could read; the message says why. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}
