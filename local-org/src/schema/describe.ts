export interface ObjectDescribe { readonly name: string }
