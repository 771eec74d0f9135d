import type { SoapCall } from './call.ts';
import { convertLead } from './convert-lead.ts';
import { getServerTimestamp, getUserInfo } from './info.ts';
import { merge } from './merge.ts';
import { records } from './records.ts';

/** The calls that need a session, by the name of their element. */
export const calls: Readonly<Record<string, SoapCall>> = {
  ...records,
  convertLead,
  merge,
  getServerTimestamp,
  getUserInfo,
};
