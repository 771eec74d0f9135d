import { LightningElement, api } from 'lwc';
import type { InactivityRule as Rule } from 'c/scoringCore';
import { findingsIn, withChanges, type Finding } from 'c/modelDraft';
import after from '@salesforce/label/c.Rule_After_Label';
import every from '@salesforce/label/c.Rule_Every_Label';

/**
 * No engagement for some time: points, mostly negative, that may grow the longer it lasts.
 * @fires change with `value`: the rule
 */
export default class InactivityRule extends LightningElement {
  @api value!: Rule;
  @api findings: Finding[] = [];

  labels = { after, every };

  get afterFindings(): Finding[] {
    return findingsIn(this.findings, '/after');
  }

  get everyFindings(): Finding[] {
    return findingsIn(this.findings, '/every');
  }

  handleMatching(event: CustomEvent<{ value: Rule }>): void {
    event.stopPropagation();
    this.emit(event.detail.value);
  }

  handleAfter(event: CustomEvent<{ value: string | undefined }>): void {
    this.change(event, { after: event.detail.value });
  }

  handleEvery(event: CustomEvent<{ value: string | undefined }>): void {
    this.change(event, { every: event.detail.value });
  }

  change(event: Event, changes: object): void {
    event.stopPropagation();
    this.emit(withChanges(this.value, changes));
  }

  emit(value: Rule): void {
    this.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  }
}
