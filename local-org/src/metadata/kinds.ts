/** A metadata type that the local org takes in a deployment, and where its files are. */
export interface Kind {
  readonly type: string;
  /** The folder, the same in both formats. */
  readonly folder: string;
  /** What a file name ends with in metadata format: `.object`. Absent for a type whose components are folders. */
  readonly suffix?: string;
  /** The components stand in folders, which are components too, of this type. */
  readonly folderType?: string;
}

/** The types, those that the local org acts on first. An object's file holds further ones: `objectParts`. */
export const kinds: readonly Kind[] = [
  { type: 'CustomObject', folder: 'objects', suffix: '.object' },
  { type: 'GlobalValueSet', folder: 'globalValueSets', suffix: '.globalValueSet' },
  { type: 'Flow', folder: 'flows', suffix: '.flow' },
  { type: 'Workflow', folder: 'workflows', suffix: '.workflow' },
  { type: 'PermissionSet', folder: 'permissionsets', suffix: '.permissionset' },
  { type: 'CustomPermission', folder: 'customPermissions', suffix: '.customPermission' },
  { type: 'LeadConvertSettings', folder: 'LeadConvertSettings', suffix: '.LeadConvertSetting' },
  { type: 'PlatformEventChannel', folder: 'platformEventChannels', suffix: '.platformEventChannel' },
  { type: 'PlatformEventChannelMember', folder: 'platformEventChannelMembers', suffix: '.platformEventChannelMember' },
  { type: 'CustomLabels', folder: 'labels', suffix: '.labels' },
  { type: 'CustomTab', folder: 'tabs', suffix: '.tab' },
  { type: 'CustomApplication', folder: 'applications', suffix: '.app' },
  { type: 'FlexiPage', folder: 'flexipages', suffix: '.flexipage' },
  { type: 'Layout', folder: 'layouts', suffix: '.layout' },
  { type: 'QuickAction', folder: 'quickActions', suffix: '.quickAction' },
  { type: 'Translations', folder: 'translations', suffix: '.translation' },
  { type: 'CustomObjectTranslation', folder: 'objectTranslations', suffix: '.objectTranslation' },
  { type: 'CustomNotificationType', folder: 'notificationtypes', suffix: '.notiftype' },
  { type: 'ReportType', folder: 'reportTypes', suffix: '.reportType' },
  { type: 'Report', folder: 'reports', suffix: '.report', folderType: 'ReportFolder' },
  { type: 'ReportFolder', folder: 'reports' },
  { type: 'Dashboard', folder: 'dashboards', suffix: '.dashboard', folderType: 'DashboardFolder' },
  { type: 'DashboardFolder', folder: 'dashboards' },
  { type: 'LightningComponentBundle', folder: 'lwc' },
];

/** The components that stand in an object's file in metadata format, by their element. */
export const objectParts: Readonly<Record<string, { readonly type: string; readonly suffix: string }>> = {
  fields: { type: 'CustomField', suffix: '.field' },
  listViews: { type: 'ListView', suffix: '.listView' },
  compactLayouts: { type: 'CompactLayout', suffix: '.compactLayout' },
  fieldSets: { type: 'FieldSet', suffix: '.fieldSet' },
  webLinks: { type: 'WebLink', suffix: '.webLink' },
  validationRules: { type: 'ValidationRule', suffix: '.validationRule' },
  recordTypes: { type: 'RecordType', suffix: '.recordType' },
};

/** The components that stand in a workflow's file, by their element; they are kept with it. */
export const workflowParts: Readonly<Record<string, string>> = {
  alerts: 'WorkflowAlert',
  fieldUpdates: 'WorkflowFieldUpdate',
  outboundMessages: 'WorkflowOutboundMessage',
  rules: 'WorkflowRule',
  tasks: 'WorkflowTask',
};
