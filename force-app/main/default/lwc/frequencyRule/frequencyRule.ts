import { LightningElement, api } from 'lwc';
import type { FrequencyRule as Rule } from 'c/scoringCore';
import { showFindings } from 'c/inputFindings';
import { findingsIn, withChanges, type Finding } from 'c/modelDraft';
import count from '@salesforce/label/c.Rule_Count_Label';
import within from '@salesforce/label/c.Rule_Within_Label';

/**
 * Much engagement within a short time: one award while there is as much of it.
 * @fires change with `value`: the rule
 */
export default class FrequencyRule extends LightningElement {
  @api value!: Rule;
  @api findings: Finding[] = [];

  labels = { count, within };

  get withinFindings(): Finding[] {
    return findingsIn(this.findings, '/within');
  }

  renderedCallback(): void {
    showFindings(this.template, this.findings);
  }

  handleMatching(event: CustomEvent<{ value: Rule }>): void {
    event.stopPropagation();
    this.emit(event.detail.value);
  }

  handleCount(event: CustomEvent<{ value: string }>): void {
    const times = Number.parseInt(event.detail.value, 10);
    this.change(event, { count: Number.isNaN(times) ? undefined : times });
  }

  handleWithin(event: CustomEvent<{ value: string | undefined }>): void {
    this.change(event, { within: event.detail.value });
  }

  change(event: Event, changes: object): void {
    event.stopPropagation();
    this.emit(withChanges(this.value, changes));
  }

  emit(value: Rule): void {
    this.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  }
}
