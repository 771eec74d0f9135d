import { LightningElement, api } from 'lwc';
import type { Condition } from 'c/scoringCore';
import { findingsIn, withItem, type Finding } from 'c/modelDraft';
import { groupOf, isGroup, valueOf, type Joint } from './groups';
import ifLabel from '@salesforce/label/c.Condition_If';
import joint from '@salesforce/label/c.Condition_Joint';
import all from '@salesforce/label/c.Condition_All';
import any from '@salesforce/label/c.Condition_Any';
import none from '@salesforce/label/c.Condition_None';
import addTest from '@salesforce/label/c.Condition_Add_Test';
import addRelated from '@salesforce/label/c.Condition_Add_Related';
import addGroup from '@salesforce/label/c.Condition_Add_Group';
import remove from '@salesforce/label/c.Condition_Remove';
import always from '@salesforce/label/c.Condition_Always';
import allOfThem from '@salesforce/label/c.Condition_All_Of_Them';

const JOINTS: { label: string; value: Joint }[] = [
  { label: all, value: 'all' },
  { label: any, value: 'any' },
  { label: none, value: 'none' },
];
/** As many groups within one another as can be read; the contract allows more, and what is there is shown. */
const DEEPEST = 4;

/**
 * A condition: tests that must all hold, of which one must, or of which none may.
 * @fires change with `value`: the condition, or undefined where it is `optional` and has no part
 */
export default class ConditionEditor extends LightningElement {
  @api value?: Condition;
  /** The object whose records are tested; without one, engagements are. */
  @api objectApiName?: string;
  @api ifText = ifLabel;
  @api optional = false;
  @api depth = 1;
  @api findings: Finding[] = [];

  labels = { if: ifLabel, joint, addTest, addRelated, addGroup, remove };
  joints = JOINTS;

  get group(): ReturnType<typeof groupOf> {
    return groupOf(this.value);
  }

  get joint(): Joint {
    return this.group.joint;
  }

  get isEmpty(): boolean {
    return this.group.parts.length === 0;
  }

  get emptyText(): string {
    return this.optional ? allOfThem : always;
  }

  get canNest(): boolean {
    return this.depth < DEEPEST;
  }

  get nextDepth(): number {
    return this.depth + 1;
  }

  get parts(): { index: number; condition: Condition; isGroup: boolean; findings: Finding[] }[] {
    const { parts, places } = this.group;
    return parts.map((condition, index) => ({
      index,
      condition,
      isGroup: isGroup(condition),
      findings: findingsIn(this.findings, places[index]!),
    }));
  }

  handleJoint(event: CustomEvent<{ value: Joint }>): void {
    event.stopPropagation();
    this.emit(event.detail.value, this.group.parts);
  }

  handlePart(event: CustomEvent<{ value: Condition }>): void {
    event.stopPropagation();
    this.emit(this.joint, withItem(this.group.parts, indexOf(event), event.detail.value));
  }

  handleRemove(event: Event): void {
    this.emit(this.joint, withItem(this.group.parts, indexOf(event), undefined));
  }

  handleAddTest(): void {
    this.add({ field: '', op: 'eq', value: '' });
  }

  handleAddRelated(): void {
    this.add({ related: '', aggregate: 'count', op: 'gte', value: 1 });
  }

  handleAddGroup(): void {
    this.add({ any: [{ field: '', op: 'eq', value: '' }] });
  }

  add(part: Condition): void {
    this.emit(this.joint, [...this.group.parts, part]);
  }

  emit(joined: Joint, parts: Condition[]): void {
    const value = this.optional && parts.length === 0 ? undefined : valueOf(joined, parts);
    this.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  }
}

const indexOf = (event: Event): number => Number((event.currentTarget as HTMLElement).dataset['index']);
