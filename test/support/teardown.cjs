module.exports = () => globalThis.closeScratch?.();
