import { LightningElement, api } from 'lwc';
import type { AttributeRule as Rule, Condition } from 'c/scoringCore';
import { findingsIn, withChanges, type Finding } from 'c/modelDraft';
import hold from '@salesforce/label/c.Rule_Hold';
import holdWhile from '@salesforce/label/c.Rule_Hold_While';
import holdOnce from '@salesforce/label/c.Rule_Hold_Once';
import expires from '@salesforce/label/c.Rule_Expires_Label';

const HOLDS = [
  { label: holdWhile, value: 'while' },
  { label: holdOnce, value: 'once' },
];

/**
 * Facts about the record, its parents and its child records.
 * @fires change with `value`: the rule
 */
export default class AttributeRule extends LightningElement {
  @api value!: Rule;
  @api objectApiName?: string;
  @api findings: Finding[] = [];

  labels = { hold, expires };
  holds = HOLDS;

  get hold(): string {
    return this.value.hold ?? 'while';
  }

  get isOnce(): boolean {
    return this.value.hold === 'once';
  }

  get whenFindings(): Finding[] {
    return findingsIn(this.findings, '/when');
  }

  get expiresFindings(): Finding[] {
    return findingsIn(this.findings, '/expires');
  }

  handleWhen(event: CustomEvent<{ value: Condition }>): void {
    this.change(event, { when: event.detail.value });
  }

  handleHold(event: CustomEvent<{ value: string }>): void {
    const once = event.detail.value === 'once';
    this.change(event, once ? { hold: 'once' } : { hold: undefined, expires: undefined });
  }

  handleExpires(event: CustomEvent<{ value: string | undefined }>): void {
    this.change(event, { expires: event.detail.value });
  }

  change(event: Event, changes: object): void {
    event.stopPropagation();
    this.dispatchEvent(new CustomEvent('change', { detail: { value: withChanges(this.value, changes) } }));
  }
}
