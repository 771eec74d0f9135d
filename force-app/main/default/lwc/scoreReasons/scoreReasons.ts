import { LightningElement, api } from 'lwc';
import LOCALE from '@salesforce/i18n/locale';
import { formatLabel } from 'c/formatLabel';
import times from '@salesforce/label/c.Score_Times';
import noReasons from '@salesforce/label/c.Score_No_Reasons';

/** What one rule adds to a score. */
export interface Reason {
  name: string;
  points: number;
  awards: number;
}

const MOST = 5;
const signed = new Intl.NumberFormat(LOCALE, { signDisplay: 'exceptZero', maximumFractionDigits: 2 });

/** The most important reasons for a score, in the order given. */
export default class ScoreReasons extends LightningElement {
  @api reasons: Reason[] = [];

  label = { noReasons };

  get rows(): { key: number; points: string; name: string; times: string | null }[] {
    return this.reasons.slice(0, MOST).map(({ name, points, awards }, key) => ({
      key,
      points: signed.format(points),
      name,
      times: awards > 1 ? formatLabel(times, awards) : null,
    }));
  }
}
