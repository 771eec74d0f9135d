import { createHash } from 'node:crypto';

/** The same for the same content, and another one as soon as anything of it changes. */
export const eTag = (content: object): string => createHash('md5').update(JSON.stringify(content)).digest('hex');

export const withETag = <Content extends object>(content: Content) => ({ ...content, eTag: eTag(content) });
