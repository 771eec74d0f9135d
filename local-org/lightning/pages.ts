import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readXml, type Xml } from '../src/metadata/xml.ts';
import type { Schema } from '../src/schema/types.ts';
import type { FlexiPage, PageModel, Region, Tab } from './page-model.ts';

/** The package's app, tabs and Lightning pages, as its metadata describes them. The app is the first by name. */
export function readPages(source: string, schema: Schema): Pick<PageModel, 'app' | 'flexipages' | 'recordPages'> {
  const [[, app] = []] = [...read(source, 'app', 'CustomApplication')];
  if (!app) throw new Error(`${source} has no app (*.app-meta.xml); the page host shows one`);
  const tabs = read(source, 'tab', 'CustomTab');
  const flexipages = [...read(source, 'flexipage', 'FlexiPage')].map(([name, xml]) => [name, flexiPage(xml)]);
  return {
    app: {
      label: app.required('label'),
      color: app.one('brand')?.text('headerColor') ?? '#0176D3',
      tabs: app.all('tabs').map(({ value: name }) => tab(name, tabs.get(name), schema)),
    },
    flexipages: Object.fromEntries(flexipages) as PageModel['flexipages'],
    recordPages: Object.fromEntries(app.all('actionOverrides').flatMap(recordPage)),
  };
}

function read(source: string, kind: string, root: string): Map<string, Xml> {
  const ending = `.${kind}-meta.xml`;
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith(ending));
  return new Map(files.sort().map((file) => [basename(file, ending), readXml(join(source, file), root)]));
}

function tab(name: string, xml: Xml | undefined, schema: Schema): Tab {
  const flexipage = xml?.text('flexiPage');
  if (flexipage) return { name, label: xml?.text('label') ?? name, url: `/lightning/n/${name}`, flexipage };
  const object = name.replace(/^standard-/, '');
  const label = schema.object(object)?.labelPlural ?? object;
  return { name, label, url: `/lightning/o/${object}/list`, object };
}

const recordPage = (override: Xml): [string, string][] =>
  override.text('actionName') === 'View' && override.text('type') === 'Flexipage'
    ? [[override.required('pageOrSobjectType'), override.required('content')]]
    : [];

function flexiPage(xml: Xml): FlexiPage {
  return {
    label: xml.required('masterLabel'),
    regions: xml.all('flexiPageRegions').map((region): Region => ({
      name: region.required('name'),
      components: region.all('itemInstances').flatMap((item) => item.all('componentInstance').map(component)),
    })),
  };
}

/** A component of the package itself stands there without its namespace. */
function component(instance: Xml): Region['components'][number] {
  const name = instance.required('componentName');
  const properties = instance
    .all('componentInstanceProperties')
    .map((property) => [property.required('name'), property.text('value')]);
  return {
    id: instance.text('identifier') ?? name,
    name: name.includes(':') ? name : `c:${name}`,
    properties: Object.fromEntries(properties) as Record<string, string | undefined>,
  };
}
