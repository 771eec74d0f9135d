import { LightningElement, api } from 'lwc';
import type { Model, Threshold } from 'c/scoringCore';
import { formatLabel } from 'c/formatLabel';
import { showFindings } from 'c/inputFindings';
import { findingsIn, numberFrom, withChanges, withItem, type Finding } from 'c/modelDraft';
import { marksOf, type Mark } from './ruler';
import rating from '@salesforce/label/c.Threshold_Rating';
import min from '@salesforce/label/c.Threshold_Min';
import leaveBelow from '@salesforce/label/c.Threshold_Leave_Below';
import leaveHelp from '@salesforce/label/c.Threshold_Leave_Help';
import add from '@salesforce/label/c.Threshold_Add';
import fresh from '@salesforce/label/c.Threshold_New';
import removeThreshold from '@salesforce/label/c.Threshold_Remove';
import ruler from '@salesforce/label/c.Threshold_Ruler';

interface Row {
  index: number;
  value: Threshold;
  ratingPath: string;
  minPath: string;
  leavePath: string;
  removeText: string;
  findings: Finding[];
}

/** As far above the last threshold as a new one begins. */
const APART = 25;

/**
 * Ratings and the scores from which they hold.
 * @fires change with `value`: the draft
 */
export default class ThresholdEditor extends LightningElement {
  @api draft!: Model;
  @api findings: Finding[] = [];

  labels = { rating, min, leaveBelow, leaveHelp, add };

  get marks(): Mark[] {
    return marksOf(this.draft);
  }

  get description(): string {
    return formatLabel(ruler, this.marks.map((mark) => `${mark.rating} ${mark.min}`).join(', '));
  }

  get rows(): Row[] {
    return (this.draft.thresholds ?? []).map((value, index) => {
      const place = `/thresholds/${index}`;
      return {
        index,
        value,
        ratingPath: `${place}/rating`,
        minPath: `${place}/min`,
        leavePath: `${place}/leaveBelow`,
        removeText: formatLabel(removeThreshold, value.rating),
        findings: findingsIn(this.findings, place).filter(({ kind }) => kind === 'warning'),
      };
    });
  }

  renderedCallback(): void {
    showFindings(this.template, this.findings);
  }

  handleRating(event: CustomEvent<{ value: string }>): void {
    this.change(event, { rating: event.detail.value });
  }

  handleNumber(event: CustomEvent<{ value: string }>): void {
    const { property = '' } = (event.currentTarget as HTMLElement).dataset;
    this.change(event, { [property]: numberFrom(event.detail.value) });
  }

  handleAdd(): void {
    const { thresholds = [] } = this.draft;
    const last = thresholds.at(-1)?.min ?? 0;
    this.emit([...thresholds, { rating: formatLabel(fresh, thresholds.length + 1), min: last + APART }]);
  }

  handleRemove(event: Event): void {
    this.emit(withItem(this.draft.thresholds ?? [], indexOf(event), undefined));
  }

  change(event: Event, changes: object): void {
    event.stopPropagation();
    const { thresholds = [] } = this.draft;
    const index = indexOf(event);
    this.emit(withItem(thresholds, index, withChanges(thresholds[index]!, changes)));
  }

  emit(thresholds: Threshold[]): void {
    const value = withChanges(this.draft, { thresholds: thresholds.length > 0 ? thresholds : undefined });
    this.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  }
}

const indexOf = (event: Event): number => Number((event.currentTarget as HTMLElement).dataset['index']);
