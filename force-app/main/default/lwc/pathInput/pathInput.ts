import { LightningElement, api } from 'lwc';
import type { DescribedField } from 'c/fieldPicker';
import { showFindings } from 'c/inputFindings';
import type { Finding } from 'c/modelDraft';
import { DETAILS } from './details';
import field from '@salesforce/label/c.Field_Label';
import placeholder from '@salesforce/label/c.Field_Placeholder';
import other from '@salesforce/label/c.Detail_Path';
import otherDetail from '@salesforce/label/c.Detail_Other';

const OTHER = 'other';

/**
 * The path that a condition reads: a field of a record where an object is given, a detail of an engagement otherwise.
 * @fires change with `value`: the path
 * @fires describe with the field that it leads to
 */
export default class PathInput extends LightningElement {
  @api objectApiName?: string;
  @api label = field;
  @api findings: Finding[] = [];

  labels = { placeholder, other };
  path = '';
  otherChosen = false;

  @api
  get value(): string {
    return this.path;
  }
  set value(path: string | undefined) {
    this.path = path ?? '';
    if (this.isListed) this.otherChosen = false;
  }

  get options(): { label: string; value: string }[] {
    return [...DETAILS, { label: otherDetail, value: OTHER }];
  }

  get isListed(): boolean {
    return DETAILS.some(({ value }) => value === this.path);
  }

  get isOther(): boolean {
    return this.otherChosen || (this.path !== '' && !this.isListed);
  }

  get chosen(): string {
    return this.isOther ? OTHER : this.path;
  }

  renderedCallback(): void {
    showFindings(this.template, this.findings);
  }

  handleField(event: CustomEvent<{ value: string }>): void {
    event.stopPropagation();
    this.emit(event.detail.value);
  }

  handleDescribe(event: CustomEvent<DescribedField>): void {
    event.stopPropagation();
    this.dispatchEvent(new CustomEvent('describe', { detail: event.detail }));
  }

  handleDetail(event: CustomEvent<{ value: string }>): void {
    event.stopPropagation();
    const { value } = event.detail;
    this.otherChosen = value === OTHER;
    if (value !== OTHER) this.emit(value);
  }

  handleOther(event: CustomEvent<{ value: string }>): void {
    event.stopPropagation();
    this.emit(event.detail.value.trim());
  }

  emit(value: string): void {
    this.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  }
}
