import { NotSupported } from '../../errors.ts';
import type { LeadConversion } from '../../org.ts';
import { children, flag, text } from '../node.ts';
import type { Node } from '../node.ts';
import { resultXml } from '../result.ts';
import type { SoapCall } from './call.ts';

const optional = ['accountId', 'contactId', 'opportunityId', 'opportunityName', 'ownerId'] as const;

/** `convertLead`. Nothing sends e-mail here, so `sendNotificationEmail` changes nothing. */
export const convertLead: SoapCall = ({ org, user, node, options }) =>
  org
    .convertLeads(user, children(node, 'leadConverts').map(readConversion), options)
    .map(({ accountId, contactId, opportunityId, id, ...result }) =>
      resultXml(result, { accountId, contactId, leadId: id, opportunityId }),
    )
    .join('');

function readConversion(node: Node): LeadConversion {
  for (const name of ['accountRecord', 'contactRecord', 'opportunityRecord', 'relatedPersonAccountId'])
    if (children(node, name).length > 0) throw new NotSupported(`${name} in convertLead`);
  const given = optional.flatMap((name) => {
    const value = text(node, name);
    return value === undefined ? [] : [[name, value]];
  });
  return {
    leadId: text(node, 'leadId') ?? '',
    convertedStatus: text(node, 'convertedStatus') ?? '',
    doNotCreateOpportunity: flag(node, 'doNotCreateOpportunity'),
    overwriteLeadSource: flag(node, 'overwriteLeadSource'),
    ...(Object.fromEntries(given) as Partial<LeadConversion>),
  };
}
