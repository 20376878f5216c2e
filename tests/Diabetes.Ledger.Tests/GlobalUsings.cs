global using Diabetes.Testing;
global using Xunit;
