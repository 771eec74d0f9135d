import { LightningElement, api } from 'lwc';
import { durationOf, spanOf, type Unit } from 'c/modelWords';
import { showFindings } from 'c/inputFindings';
import type { Finding } from 'c/modelDraft';
import unit from '@salesforce/label/c.Duration_Unit';
import minutes from '@salesforce/label/c.Duration_Minutes';
import hours from '@salesforce/label/c.Duration_Hours';
import days from '@salesforce/label/c.Duration_Days';
import weeks from '@salesforce/label/c.Duration_Weeks';
import months from '@salesforce/label/c.Duration_Months';
import years from '@salesforce/label/c.Duration_Years';

const EXACT = [
  { label: minutes, value: 'minute' },
  { label: hours, value: 'hour' },
  { label: days, value: 'day' },
  { label: weeks, value: 'week' },
];
const CALENDAR = [
  { label: months, value: 'month' },
  { label: years, value: 'year' },
];

/**
 * A duration of the scoring contract, such as P14D. A number that is cleared takes the duration away.
 * @fires change with `value`: the duration, or undefined
 */
export default class DurationInput extends LightningElement {
  @api label = '';
  @api value?: string;
  /** Whether months and years are offered, which are not of one length. */
  @api calendar = false;
  @api disabled = false;
  @api findings: Finding[] = [];

  labels = { unit };
  /** The unit chosen while there is no number. */
  chosenUnit: Unit = 'day';

  get options(): { label: string; value: string }[] {
    return this.calendar ? [...EXACT, ...CALENDAR] : EXACT;
  }

  get count(): number | undefined {
    return this.value === undefined ? undefined : spanOf(this.value)?.count;
  }

  get unit(): Unit {
    return (this.value === undefined ? undefined : spanOf(this.value)?.unit) ?? this.chosenUnit;
  }

  renderedCallback(): void {
    showFindings(this.template, this.findings);
  }

  handleCount(event: CustomEvent<{ value: string }>): void {
    event.stopPropagation();
    const count = Number.parseInt(event.detail.value, 10);
    this.emit(count > 0 ? durationOf({ count, unit: this.unit }) : undefined);
  }

  handleUnit(event: CustomEvent<{ value: Unit }>): void {
    event.stopPropagation();
    this.chosenUnit = event.detail.value;
    if (this.count !== undefined) this.emit(durationOf({ count: this.count, unit: event.detail.value }));
  }

  emit(value: string | undefined): void {
    this.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  }
}
