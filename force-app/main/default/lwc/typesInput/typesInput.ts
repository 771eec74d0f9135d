import { LightningElement, api } from 'lwc';
import { TYPES, inWords } from 'c/engagementTypes';
import { showFindings } from 'c/inputFindings';
import type { Finding } from 'c/modelDraft';
import { typeInWords } from 'c/modelWords';
import label from '@salesforce/label/c.Types_Label';
import add from '@salesforce/label/c.Types_Add';
import own from '@salesforce/label/c.Types_Own';
import ownOption from '@salesforce/label/c.Types_Own_Option';

const OWN = 'own';
const GROUPS = ['*', ...new Set(TYPES.map((type) => `${type.split('.')[0]}.*`)), 'custom.*'];

/**
 * The types of engagement that a rule is about: single ones, groups, and those that a source has named itself.
 * @fires change with `value`: the list of types
 */
export default class TypesInput extends LightningElement {
  @api label = label;
  @api value: string[] = [];
  @api findings: Finding[] = [];

  labels = { add, own };
  nothing = '';
  naming = false;
  typed = '';

  get options(): { label: string; value: string }[] {
    const types = [
      ...TYPES.map((type) => ({ label: inWords(type), value: type })),
      ...GROUPS.map((type) => ({ label: typeInWords(type), value: type })),
    ].filter(({ value }) => !this.value.includes(value));
    return [...types, { label: ownOption, value: OWN }];
  }

  get items(): { label: string; name: string }[] {
    return this.value.map((type) => ({ label: typeInWords(type), name: type }));
  }

  renderedCallback(): void {
    showFindings(this.template, this.findings);
  }

  handleChoice(event: CustomEvent<{ value: string }>): void {
    event.stopPropagation();
    this.naming = event.detail.value === OWN;
    if (!this.naming) this.emit([...this.value, event.detail.value]);
  }

  handleTyped(event: CustomEvent<{ value: string }>): void {
    event.stopPropagation();
    this.typed = event.detail.value;
  }

  handleKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    this.handleAdd();
  }

  handleAdd(): void {
    const name = this.typed
      .trim()
      .toLowerCase()
      .replaceAll(/[^a-z0-9]/g, '_');
    if (name === '') return;
    this.typed = '';
    this.naming = false;
    const type = `custom.${name}`;
    if (!this.value.includes(type)) this.emit([...this.value, type]);
  }

  handleRemove(event: CustomEvent<{ item: { name: string } }>): void {
    this.emit(this.value.filter((type) => type !== event.detail.item.name));
  }

  emit(types: string[]): void {
    this.dispatchEvent(new CustomEvent('change', { detail: { value: types } }));
  }
}
