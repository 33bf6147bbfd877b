// In the very process of Jest, where cli/main.ts does not: the SDK warns of Node.js 20 on standard error.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
