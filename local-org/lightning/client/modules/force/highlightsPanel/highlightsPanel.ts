import { LightningElement, api, wire } from 'lwc';
import { getObjectInfo, type ObjectInfo } from 'lightning/uiObjectInfoApi';
import { getRecord, notifyRecordUpdateAvailable, type RecordRepresentation } from 'lightning/uiRecordApi';
import { layoutOf } from 'host/layouts';
import { fieldsFor, nameOf, shownFields, type ShownField } from 'host/recordFields';
import { whileVisible } from 'host/whileVisible';

/** Stands in for the platform's highlights panel: the record's name and key fields. */
export default class HighlightsPanel extends LightningElement {
  @api recordId!: string;
  @api objectApiName!: string;

  @wire(getObjectInfo, { objectApiName: '$objectApiName' }) info!: { data?: ObjectInfo };
  @wire(getRecord, { recordId: '$recordId', fields: '$fields' }) record!: {
    data?: RecordRepresentation;
    error?: unknown;
  };

  stop?: () => void;

  connectedCallback(): void {
    // The platform's cache brings what another request has read to every component; here they are read again.
    this.stop = whileVisible(() => notifyRecordUpdateAvailable([{ recordId: this.recordId }]));
  }

  disconnectedCallback(): void {
    this.stop?.();
  }

  get fields(): string[] | undefined {
    return this.info.data && fieldsFor(this.info.data, layoutOf(this.objectApiName).highlights);
  }

  get label(): string {
    return this.info.data?.label ?? this.objectApiName;
  }

  get icon(): string {
    return this.objectApiName.endsWith('__c') ? 'standard:custom' : `standard:${this.objectApiName.toLowerCase()}`;
  }

  get name(): string {
    const { data: info } = this.info;
    const { data: record, error } = this.record;
    if (error) return 'This record cannot be shown';
    return info && record ? nameOf(info, record) : '';
  }

  get highlights(): ShownField[] {
    const { data: info } = this.info;
    const { data: record } = this.record;
    return info && record ? shownFields(info, record, layoutOf(this.objectApiName).highlights) : [];
  }

  renderedCallback(): void {
    if (this.name) document.title = `${this.name} | ${this.label} | Salesforce`;
  }
}
