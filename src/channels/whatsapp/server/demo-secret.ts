/** The app secret of the demonstration stands in our source: whoever has read it could sign webhooks. */
export const demoAppSecret = 'demo-app-secret';
