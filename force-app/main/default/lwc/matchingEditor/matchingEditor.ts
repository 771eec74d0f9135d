import { LightningElement, api } from 'lwc';
import type { AttributeRule, Condition, Rule } from 'c/scoringCore';
import { findingsIn, withChanges, type Finding } from 'c/modelDraft';
import where from '@salesforce/label/c.Rule_Where_Label';

/**
 * Which engagement a rule is about: of which types, and narrowed down how.
 * @fires change with `value`: the rule
 */
export default class MatchingEditor extends LightningElement {
  @api value!: Exclude<Rule, AttributeRule>;
  @api findings: Finding[] = [];

  labels = { where };

  get typesFindings(): Finding[] {
    return findingsIn(this.findings, '/types');
  }

  get whereFindings(): Finding[] {
    return findingsIn(this.findings, '/where');
  }

  handleTypes(event: CustomEvent<{ value: string[] }>): void {
    this.change(event, { types: event.detail.value });
  }

  handleWhere(event: CustomEvent<{ value: Condition | undefined }>): void {
    this.change(event, { where: event.detail.value });
  }

  change(event: Event, changes: object): void {
    event.stopPropagation();
    this.dispatchEvent(new CustomEvent('change', { detail: { value: withChanges(this.value, changes) } }));
  }
}
