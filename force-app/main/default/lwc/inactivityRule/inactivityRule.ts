import { LightningElement, api } from 'lwc';
import type { Condition, InactivityRule as Rule } from 'c/scoringCore';
import { findingsIn, withChanges, type Finding } from 'c/modelDraft';
import where from '@salesforce/label/c.Rule_Where_Label';
import after from '@salesforce/label/c.Rule_After_Label';
import every from '@salesforce/label/c.Rule_Every_Label';

/**
 * No engagement for some time: points, mostly negative, that may grow the longer it lasts.
 * @fires change with `value`: the rule
 */
export default class InactivityRule extends LightningElement {
  @api value!: Rule;
  @api findings: Finding[] = [];

  labels = { where, after, every };

  get typesFindings(): Finding[] {
    return findingsIn(this.findings, '/types');
  }

  get whereFindings(): Finding[] {
    return findingsIn(this.findings, '/where');
  }

  get afterFindings(): Finding[] {
    return findingsIn(this.findings, '/after');
  }

  get everyFindings(): Finding[] {
    return findingsIn(this.findings, '/every');
  }

  handleTypes(event: CustomEvent<{ value: string[] }>): void {
    this.change(event, { types: event.detail.value });
  }

  handleWhere(event: CustomEvent<{ value: Condition | undefined }>): void {
    this.change(event, { where: event.detail.value });
  }

  handleAfter(event: CustomEvent<{ value: string | undefined }>): void {
    this.change(event, { after: event.detail.value });
  }

  handleEvery(event: CustomEvent<{ value: string | undefined }>): void {
    this.change(event, { every: event.detail.value });
  }

  change(event: Event, changes: object): void {
    event.stopPropagation();
    this.dispatchEvent(new CustomEvent('change', { detail: { value: withChanges(this.value, changes) } }));
  }
}
