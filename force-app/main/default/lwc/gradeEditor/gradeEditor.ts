import { LightningElement, api } from 'lwc';
import type { Grade, Model } from 'c/scoringCore';
import { showFindings } from 'c/inputFindings';
import { findingsIn, numberFrom, withChanges, withItem, type Finding } from 'c/modelDraft';
import { matrixOf, withStepAdded } from './matrix';
import intro from '@salesforce/label/c.Grade_Intro';
import category from '@salesforce/label/c.Rule_Category';
import step from '@salesforce/label/c.Grade_Step';
import min from '@salesforce/label/c.Grade_Min';
import rest from '@salesforce/label/c.Grade_Rest';
import addStep from '@salesforce/label/c.Grade_Add_Step';
import removeStep from '@salesforce/label/c.Grade_Remove_Step';
import addAxis from '@salesforce/label/c.Grade_Add';
import removeAxis from '@salesforce/label/c.Grade_Remove';
import noCategory from '@salesforce/label/c.Grade_No_Category';
import matrix from '@salesforce/label/c.Grade_Matrix';

interface Axis {
  index: number;
  category: string;
  categoryPath: string;
  findings: Finding[];
  steps: { index: number; label: string; min?: number; hasMin: boolean; labelPath: string; minPath: string }[];
}

/** Letters on the first axis, numbers on the second, as grades are mostly written. */
const FRESH = [
  ['A', 'B', 'C', 'D'],
  ['1', '2', '3', '4'],
];
const MINS = [75, 50, 25];
const MOST = 2;

/**
 * Grades such as B2: of one or two categories, each with its steps.
 * @fires change with `value`: the draft
 */
export default class GradeEditor extends LightningElement {
  @api draft!: Model;
  @api findings: Finding[] = [];

  labels = { intro, category, step, min, rest, addStep, removeStep, addAxis, removeAxis, noCategory, matrix };

  get grades(): Grade[] {
    return this.draft.grades ?? [];
  }

  get categories(): { label: string; value: string }[] {
    return (this.draft.categories ?? []).map(({ key, name }) => ({ label: name, value: key }));
  }

  get axes(): Axis[] {
    return this.grades.map((grade, index) => {
      const place = `/grades/${index}`;
      return {
        index,
        category: grade.category,
        categoryPath: `${place}/category`,
        findings: findingsIn(this.findings, place),
        steps: grade.steps.map((each, at) => ({
          index: at,
          ...each,
          hasMin: at < grade.steps.length - 1,
          labelPath: `${place}/steps/${at}/label`,
          minPath: `${place}/steps/${at}/min`,
        })),
      };
    });
  }

  get canAdd(): boolean {
    return this.grades.length < MOST && this.categories.length > 0;
  }

  get hasNoCategory(): boolean {
    return this.categories.length === 0;
  }

  get matrix(): { key: string; grades: string[] }[] {
    return matrixOf(this.grades);
  }

  renderedCallback(): void {
    showFindings(this.template, this.findings);
  }

  handleCategory(event: CustomEvent<{ value: string }>): void {
    event.stopPropagation();
    this.changeAxis(event, { category: event.detail.value });
  }

  handleLabel(event: CustomEvent<{ value: string }>): void {
    this.changeStep(event, { label: event.detail.value });
  }

  handleMin(event: CustomEvent<{ value: string }>): void {
    this.changeStep(event, { min: numberFrom(event.detail.value) });
  }

  handleAddStep(event: Event): void {
    this.changeAxis(event, { steps: withStepAdded(this.axisOf(event).steps) });
  }

  handleRemoveStep(event: Event): void {
    this.changeAxis(event, { steps: withItem(this.axisOf(event).steps, stepOf(event), undefined) });
  }

  handleAddAxis(): void {
    const taken = new Set(this.grades.map((grade) => grade.category));
    const free = this.draft.categories?.find(({ key }) => !taken.has(key)) ?? this.draft.categories![0]!;
    const labels = FRESH[this.grades.length] ?? FRESH[0]!;
    const steps = labels.map((label, at) => withChanges({ label }, { min: MINS[at] }));
    this.emit([...this.grades, { category: free.key, steps }]);
  }

  handleRemoveAxis(event: Event): void {
    this.emit(withItem(this.grades, axisIndexOf(event), undefined));
  }

  axisOf(event: Event): Grade {
    return this.grades[axisIndexOf(event)]!;
  }

  changeStep(event: Event, changes: object): void {
    event.stopPropagation();
    const { steps } = this.axisOf(event);
    const index = stepOf(event);
    this.changeAxis(event, { steps: withItem(steps, index, withChanges(steps[index]!, changes)) });
  }

  changeAxis(event: Event, changes: object): void {
    this.emit(withItem(this.grades, axisIndexOf(event), withChanges(this.axisOf(event), changes)));
  }

  emit(grades: Grade[]): void {
    const value = withChanges(this.draft, { grades: grades.length > 0 ? grades : undefined });
    this.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  }
}

const axisIndexOf = (event: Event): number => Number((event.currentTarget as HTMLElement).dataset['axis']);
const stepOf = (event: Event): number => Number((event.currentTarget as HTMLElement).dataset['step']);
