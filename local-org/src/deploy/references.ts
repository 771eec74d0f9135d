import type { Xml } from '../metadata/xml.ts';
import type { Component } from './component.ts';
import type { Inventory } from './inventory.ts';
import { problemAt } from './problem.ts';
import type { Problem } from './problem.ts';

type Check = (component: Component, inventory: Inventory) => (Problem | undefined)[];

/**
 * What a component refers to must be there, in the org or in the deployment. What fields, flows and permission sets say
 * of objects and fields has been checked where they were compiled.
 */
export const referenceProblems: Check = (component, inventory) => checks[component.type]?.(component, inventory) ?? [];

/** An element that names a component of another type. */
function named(inventory: Inventory, xml: Xml, type: string, name = xml.value): Problem | undefined {
  return inventory.has(type, name)
    ? undefined
    : problemAt(xml, `In field: ${xml.tag} - no ${type} named ${name} found`);
}

const isStandardTab = (name: string) => /^standard-\w+$/.test(name);

const tab = (inventory: Inventory, xml: Xml) =>
  isStandardTab(xml.value) ? undefined : named(inventory, xml, 'CustomTab');

const checks: Readonly<Record<string, Check>> = {
  CustomField: ({ fullName, xml }, inventory) =>
    inventory.has('CustomField', fullName) ? [] : [problemAt(xml, `no CustomField named ${fullName} found`)],

  PermissionSet: ({ xml }, inventory) => [
    ...within(xml, 'applicationVisibilities', 'application').map((app) => named(inventory, app, 'CustomApplication')),
    ...within(xml, 'tabSettings', 'tab').map((each) => tab(inventory, each)),
  ],

  CustomTab: ({ fullName, xml }, inventory) => [
    xml.flag('customObject') ? named(inventory, xml.one('customObject')!, 'CustomObject', fullName) : undefined,
    ...xml.all('flexiPage').map((page) => named(inventory, page, 'FlexiPage')),
    ...xml.all('lwcComponent').map((bundle) => named(inventory, bundle, 'LightningComponentBundle')),
    ['customObject', 'flexiPage', 'lwcComponent', 'url', 'page', 'auraComponent', 'scontrol'].some((tag) =>
      xml.one(tag),
    )
      ? undefined
      : problemAt(xml, 'The tab shows nothing: name an object, a page, a component or a URL'),
  ],

  CustomApplication: ({ xml }, inventory) => [
    ...xml.all('tabs').map((each) => tab(inventory, each)),
    ...xml
      .all('actionOverrides')
      .filter((override) => override.text('type') === 'Flexipage')
      .flatMap((override) => [
        ...override.all('content').map((page) => named(inventory, page, 'FlexiPage')),
        ...override.all('pageOrSobjectType').map((object) => named(inventory, object, 'CustomObject')),
      ]),
  ],

  FlexiPage: ({ xml }, inventory) => [
    ...xml.all('sobjectType').map((object) => named(inventory, object, 'CustomObject')),
    ...within(xml, 'flexiPageRegions', 'itemInstances')
      .flatMap((item) => within(item, 'componentInstance', 'componentName'))
      .filter(({ value }) => !value.includes(':') || value.startsWith('c:'))
      .filter(({ value }) => !inventory.has('LightningComponentBundle', value.replace(/^c:/, '')))
      .map((name) => problemAt(name, `We couldn't retrieve or load the information on the component: ${name.value}.`)),
  ],

  ListView: ({ fullName, xml }, { schema }) => {
    const object = schema.object(fullName.split('.')[0]!);
    return [...xml.all('columns'), ...within(xml, 'filters', 'field')]
      .filter(({ value }) => value.endsWith('__c') && !object?.field(value))
      .map((column) => problemAt(column, `Could not resolve list view column: ${column.value}`));
  },

  Report: ({ fullName, xml }, inventory) => [inFolder(inventory, xml, 'ReportFolder', fullName)],
  Dashboard: ({ fullName, xml }, inventory) => [
    inFolder(inventory, xml, 'DashboardFolder', fullName),
    ...descendants(xml, 'report').map((report) => named(inventory, report, 'Report')),
  ],
};

function inFolder(inventory: Inventory, xml: Xml, type: string, fullName: string): Problem | undefined {
  const [folder = ''] = fullName.split('/');
  return inventory.has(type, folder) ? undefined : problemAt(xml, `Cannot find folder:${folder}`);
}

const within = (xml: Xml, tag: string, inner: string): Xml[] => xml.all(tag).flatMap((each) => each.all(inner));

const descendants = (xml: Xml, tag: string): Xml[] =>
  xml.children.flatMap((child) => (child.tag === tag ? [child] : descendants(child, tag)));
