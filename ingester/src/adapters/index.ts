import { actOn } from './act-on.ts';
import { activecampaign } from './activecampaign.ts';
import type { Adapter } from './adapter.ts';
import { braze } from './braze.ts';
import { brevo } from './brevo.ts';
import { calendly } from './calendly.ts';
import { cloudevents } from './cloudevents.ts';
import { csv } from './csv.ts';
import { customerio } from './customerio.ts';
import { generic } from './generic.ts';
import { hubspot } from './hubspot.ts';
import { iterable } from './iterable.ts';
import { klaviyo } from './klaviyo.ts';
import { mailchimp } from './mailchimp.ts';
import { mailgun } from './mailgun.ts';
import { mailjet } from './mailjet.ts';
import { mandrill } from './mandrill.ts';
import { marketo } from './marketo.ts';
import { massmailer } from './massmailer.ts';
import { ndjson } from './ndjson.ts';
import { postmark } from './postmark.ts';
import { resend } from './resend.ts';
import { salesforce } from './salesforce.ts';
import { segment } from './segment.ts';
import { sendgrid } from './sendgrid.ts';
import { sesSns } from './ses-sns.ts';
import { standardWebhooks } from './standard-webhooks.ts';
import { twilio } from './twilio.ts';
import { typeform } from './typeform.ts';
import { unbounce } from './unbounce.ts';
import { vero } from './vero.ts';

const all: Adapter[] = [
  ...[
    activecampaign,
    actOn,
    massmailer,
    postmark,
    sendgrid,
    mailgun,
    mandrill,
    mailchimp,
    customerio,
    klaviyo,
    hubspot,
  ],
  ...[segment, cloudevents, standardWebhooks, sesSns, typeform, calendly, brevo, resend, iterable, twilio, salesforce],
  ...[braze, mailjet, marketo, unbounce, vero, generic, csv, ndjson],
];

/** All adapters by name. A new source is one file and one line here. */
export const adapters: ReadonlyMap<string, Adapter> = new Map([
  ...all.map((adapter): [string, Adapter] => [adapter.name, adapter]),
  // The shared samples' own name for it.
  ['standardwebhooks', standardWebhooks],
]);
