import { LightningElement, api } from 'lwc';
import LOCALE from '@salesforce/i18n/locale';
import { formatLabel } from 'c/formatLabel';
import { trendOf, type Change, type Mark } from './trend';
import trend from '@salesforce/label/c.Score_Trend';
import now from '@salesforce/label/c.Score_Now';
import lastChange from '@salesforce/label/c.Score_Last_Change';
import lastChangeBy from '@salesforce/label/c.Score_Last_Change_By';
import unrated from '@salesforce/label/c.Score_Unrated';

export type { Change };

const WIDTH = 240;
const HEIGHT = 40;
const numbers = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 2 });
const signed = new Intl.NumberFormat(LOCALE, { signDisplay: 'exceptZero', maximumFractionDigits: 2 });

/** How a score has changed, the changes of the rating marked. */
export default class ScoreTrend extends LightningElement {
  /** The oldest first. */
  @api changes: readonly Change[] = [];
  @api value = 0;
  /** Until when, in milliseconds. */
  @api now = 0;

  label = { now };

  get first(): Change | undefined {
    return this.changes[0];
  }

  get last(): Change | undefined {
    return this.changes.at(-1);
  }

  get lastText(): string {
    const { delta = 0, cause } = this.last ?? {};
    return formatLabel(cause ? lastChangeBy : lastChange, signed.format(delta), cause ?? '');
  }

  get line(): string {
    return trendOf(this.changes, this.value, this.now, WIDTH, HEIGHT).line;
  }

  get marks(): (Mark & { name: string })[] {
    const { marks } = trendOf(this.changes, this.value, this.now, WIDTH, HEIGHT);
    return marks.map((mark) => ({ ...mark, name: mark.rating ?? unrated }));
  }

  get description(): string {
    const from = (this.first?.value ?? 0) - (this.first?.delta ?? 0);
    const ratings = this.marks.map(({ name }) => name).join(', ') || '–';
    return formatLabel(trend, numbers.format(from), numbers.format(this.value), this.changes.length, ratings);
  }
}
