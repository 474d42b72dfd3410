export const callbackKey = ['callbacks'] as const
