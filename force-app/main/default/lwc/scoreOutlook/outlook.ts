import type { Condition } from 'c/scoringCore';
import LOCALE from '@salesforce/i18n/locale';
import { formatLabel } from 'c/formatLabel';
import { conditionInWords } from 'c/modelWords';
import block from '@salesforce/label/c.Score_Block';
import blockRated from '@salesforce/label/c.Score_Block_Rated';
import missing from '@salesforce/label/c.Score_Missing';
import short from '@salesforce/label/c.Score_Short';
import held from '@salesforce/label/c.Score_Held';
import becomes from '@salesforce/label/c.Score_Becomes';
import becomesRated from '@salesforce/label/c.Score_Becomes_Rated';

/** The part of Explanation__c that is about what may come; see ingester/src/evaluate/explanation.ts. */
export interface Outlook {
  ahead: readonly { rule: string; name: string; at: string; points: number }[];
  next: { at: string; score: number; rating: string | null } | null;
  blocks: readonly {
    gate: string;
    name: string;
    cap: number;
    rating: string | null;
    missing: readonly { condition: Condition }[];
    opensAt: string | null;
  }[];
  goal: { rating: string; short: number; offers: readonly { name: string; points: number }[] } | null;
}

/** A line with its date, in milliseconds. */
export interface Dated {
  key: string;
  at: number;
  text: string;
}

const numbers = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 2 });
const signed = new Intl.NumberFormat(LOCALE, { signDisplay: 'exceptZero', maximumFractionDigits: 2 });
const points = (name: string, value: number): string => `${signed.format(value)} ${name}`;

/** What each rule will add or take next by itself, and what the score will be then. */
export function aheadOf({ ahead, next }: Outlook): Dated[] {
  const lines = ahead.map((each) => ({
    key: each.rule,
    at: Date.parse(each.at),
    text: points(each.name, each.points),
  }));
  if (!next) return lines;
  const { at, score, rating } = next;
  const text = formatLabel(rating === null ? becomes : becomesRated, numbers.format(score), rating ?? '');
  return [...lines, { key: '', at: Date.parse(at), text }].sort((a, b) => a.at - b.at);
}

/** What each gate does that is not met, what it misses, and when time alone opens it. */
export function blocksOf({
  blocks,
}: Outlook): { key: string; text: string; missing: string; opensAt: number | null }[] {
  return blocks.map(({ gate, name, cap, rating, missing: parts, opensAt }) => ({
    key: gate,
    text: formatLabel(rating === null ? block : blockRated, name, numbers.format(cap), rating ?? ''),
    missing: formatLabel(missing, parts.map(({ condition }) => conditionInWords(condition)).join('; ')),
    opensAt: opensAt === null ? null : Date.parse(opensAt),
  }));
}

/** What the next rating takes, and what could give it. */
export function goalOf({ goal }: Outlook): { text: string; offers: string[] } | null {
  if (!goal) return null;
  const { rating, short: distance, offers } = goal;
  return distance > 0
    ? {
        text: formatLabel(short, rating, numbers.format(distance)),
        offers: offers.map((offer) => points(offer.name, offer.points)),
      }
    : { text: formatLabel(held, rating), offers: [] };
}
