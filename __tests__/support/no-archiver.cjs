// cdktf loads `archiver` to pack TerraformAssets, of which we have none: a third of cdktf's time to load, in every test file.
module.exports = () => {
  throw new Error("unit tests load no archiver: a TerraformAsset belongs to the integration tests");
};
