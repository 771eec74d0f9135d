import { LightningElement, api } from 'lwc';
import LOCALE from '@salesforce/i18n/locale';
import { formatLabel } from 'c/formatLabel';
import { adjustmentInWords, type Adjustment } from './adjustments';
import times from '@salesforce/label/c.Score_Times';
import last from '@salesforce/label/c.Score_Last';
import nothingApplies from '@salesforce/label/c.Score_Nothing_Applies';
import noReasons from '@salesforce/label/c.Score_No_Reasons';

export type { Adjustment };

/** What one rule adds to a score; `last` is when what is behind it last happened, in milliseconds. */
export interface Reason {
  name: string;
  points: number;
  awards: number;
  last: number | null;
}

interface Row {
  key: string;
  points: string;
  name: string;
  times?: string | null;
  last?: number | null;
}

const MOST = 5;
const signed = new Intl.NumberFormat(LOCALE, { signDisplay: 'exceptZero', maximumFractionDigits: 2 });

/** The most important reasons for a score, in the order given, and what limits do to them; or why there is none. */
export default class ScoreReasons extends LightningElement {
  @api reasons: readonly Reason[] = [];
  @api adjustments: readonly Adjustment[] = [];
  /** Whether there is engagement with the record. */
  @api engaged = false;

  label = { last };

  get rows(): Row[] {
    const reasons = this.reasons.slice(0, MOST).map(({ name, points, awards, last: at }, key) => ({
      key: String(key),
      points: signed.format(points),
      name,
      times: awards > 1 ? formatLabel(times, awards) : null,
      last: at,
    }));
    const adjustments = this.adjustments.map((adjustment) => ({
      key: `${adjustment.kind} ${adjustment.key}`,
      points: signed.format(adjustment.points),
      name: adjustmentInWords(adjustment),
    }));
    return [...reasons, ...adjustments];
  }

  get none(): string {
    return this.engaged ? nothingApplies : noReasons;
  }
}
