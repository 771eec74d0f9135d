import { LightningElement, api } from 'lwc';
import type { Model, Rule } from 'c/scoringCore';
import { formatLabel } from 'c/formatLabel';
import { showFindings } from 'c/inputFindings';
import {
  newCategory,
  newRule,
  numberFrom,
  withChanges,
  withCopy,
  withItem,
  withMovedRule,
  withoutCategory,
  type Finding,
} from 'c/modelDraft';
import { groupsOf, type Group } from './groups';
import categoryName from '@salesforce/label/c.Category_Name';
import min from '@salesforce/label/c.Category_Min';
import max from '@salesforce/label/c.Category_Max';
import addCategory from '@salesforce/label/c.Category_Add';
import removeCategory from '@salesforce/label/c.Category_Remove';
import freshCategory from '@salesforce/label/c.Category_New';
import addRule from '@salesforce/label/c.Rule_Add';
import freshRule from '@salesforce/label/c.Rule_New';
import copyOf from '@salesforce/label/c.Rule_Copy_Of';
import up from '@salesforce/label/c.Move_Up';
import down from '@salesforce/label/c.Move_Down';
import copy from '@salesforce/label/c.Copy';
import remove from '@salesforce/label/c.Remove';

/**
 * The rules of a model by category, each as a sentence; one at a time is open to be edited.
 * @fires change with `value`: the draft
 */
export default class RuleList extends LightningElement {
  @api draft!: Model;
  @api findings: Finding[] = [];

  labels = { categoryName, min, max, addCategory, removeCategory, addRule, up, down, copy, remove };
  /** The key of the rule that is open. */
  open?: string;

  get groups(): Group[] {
    return groupsOf(this.draft, this.findings, this.open);
  }

  renderedCallback(): void {
    showFindings(this.template, this.findings);
  }

  handleToggle(event: Event): void {
    const { key } = this.draft.rules[indexOf(event)]!;
    this.open = this.open === key ? undefined : key;
  }

  handleRule(event: CustomEvent<{ value: Rule }>): void {
    event.stopPropagation();
    this.emitRules(withItem(this.draft.rules, indexOf(event), event.detail.value));
  }

  handleEnabled(event: CustomEvent<{ checked: boolean }>): void {
    event.stopPropagation();
    const index = indexOf(event);
    const changes = { enabled: event.detail.checked ? undefined : false };
    this.emitRules(withItem(this.draft.rules, index, withChanges(this.draft.rules[index]!, changes)));
  }

  handleMenu(event: CustomEvent<{ value: 'up' | 'down' | 'copy' | 'remove' }>): void {
    const index = indexOf(event);
    const { name } = this.draft.rules[index]!;
    switch (event.detail.value) {
      case 'up':
        this.emit(withMovedRule(this.draft, index, -1));
        break;
      case 'down':
        this.emit(withMovedRule(this.draft, index, 1));
        break;
      case 'copy':
        this.emit(withCopy(this.draft, index, formatLabel(copyOf, name)));
        break;
      case 'remove':
        this.emitRules(withItem(this.draft.rules, index, undefined));
    }
  }

  handleAddRule(event: Event): void {
    const { category } = (event.currentTarget as HTMLElement).dataset;
    const rule = newRule(this.draft, freshRule, category);
    this.open = rule.key;
    this.emitRules([...this.draft.rules, rule]);
  }

  handleAddCategory(): void {
    const { categories = [] } = this.draft;
    this.emit({ ...this.draft, categories: [...categories, newCategory(this.draft, freshCategory)] });
  }

  handleRemoveCategory(event: Event): void {
    this.emit(withoutCategory(this.draft, indexOf(event)));
  }

  handleCategory(event: CustomEvent<{ value: string }>): void {
    event.stopPropagation();
    const { property = '' } = (event.currentTarget as HTMLElement).dataset;
    const index = indexOf(event);
    const value = property === 'name' ? event.detail.value : numberFrom(event.detail.value);
    const { categories = [] } = this.draft;
    const category = withChanges(categories[index]!, { [property]: value });
    this.emit({ ...this.draft, categories: withItem(categories, index, category) });
  }

  emitRules(rules: Rule[]): void {
    this.emit({ ...this.draft, rules });
  }

  emit(value: Model): void {
    this.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  }
}

const indexOf = (event: Event): number => Number((event.currentTarget as HTMLElement).dataset['index']);
