import { LightningElement, api, wire } from 'lwc';
import { getObjectInfo, type FieldInfo, type ObjectInfo } from 'lightning/uiObjectInfoApi';
import { showFindings } from 'c/inputFindings';
import type { Finding } from 'c/modelDraft';
import { optionsOf, parentOf, type DescribedField } from './fields';
import placeholder from '@salesforce/label/c.Field_Placeholder';
import field from '@salesforce/label/c.Field_Label';

/**
 * A field of an object, or, step by step, of its parents: the path as the REST API names it, such as Account.Industry.
 * @fires change with `value`: the path
 * @fires describe with what is known of the field that the path leads to, also for a path that was given
 */
export default class FieldPicker extends LightningElement {
  @api objectApiName = '';
  @api label = field;
  @api findings: Finding[] = [];

  labels = { placeholder };
  info?: ObjectInfo;
  path = '';
  /** The parent that was chosen while no field of it is. */
  openParent = '';

  @api
  get value(): string {
    return this.path;
  }
  set value(path: string | undefined) {
    this.path = path ?? '';
    this.openParent = '';
    this.describe();
  }

  @wire(getObjectInfo, { objectApiName: '$objectApiName' })
  wiredInfo({ data }: { data?: ObjectInfo }): void {
    this.info = data;
    this.describe();
  }

  get options(): { label: string; value: string }[] {
    const options = this.info ? optionsOf(this.info) : [];
    const isKnown = this.chosen === '' || options.some(({ value }) => value === this.chosen);
    return isKnown ? options : [...options, { label: this.chosen, value: this.chosen }];
  }

  /** The field, or the parent with a dot after it. */
  get chosen(): string {
    if (this.openParent) return `${this.openParent}.`;
    const [head = '', ...rest] = this.path.split('.');
    return rest.length ? `${head}.` : head;
  }

  get parent(): { objectApiName: string; rest: string; label: string } | undefined {
    const [head = '', ...rest] = this.path.split('.');
    const relationship = this.openParent || (rest.length ? head : '');
    const found = this.info && relationship ? parentOf(this.info, relationship) : undefined;
    if (!found) return undefined;
    return { ...found, rest: this.openParent ? '' : rest.join('.') };
  }

  renderedCallback(): void {
    showFindings(this.template, this.findings);
  }

  handleChoice(event: CustomEvent<{ value: string }>): void {
    event.stopPropagation();
    const { value } = event.detail;
    if (value.endsWith('.')) this.openParent = value.slice(0, -1);
    else this.emit(value);
  }

  handleParentField(event: CustomEvent<{ value: string }>): void {
    event.stopPropagation();
    this.emit(this.chosen + event.detail.value);
  }

  handleDescribe(event: CustomEvent<DescribedField>): void {
    event.stopPropagation();
    this.dispatchEvent(new CustomEvent('describe', { detail: event.detail }));
  }

  emit(value: string): void {
    this.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  }

  describe(): void {
    const found: FieldInfo | undefined = this.info?.fields[this.path];
    if (!this.info || !found) return;
    const detail: DescribedField = {
      objectApiName: this.info.apiName,
      fieldApiName: found.apiName,
      dataType: found.dataType,
    };
    this.dispatchEvent(new CustomEvent('describe', { detail }));
  }
}

export type { DescribedField } from './fields';
