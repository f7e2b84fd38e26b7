using Skypunch.TestBed;

[assembly: AssemblyFixture(typeof(KeystoneServer))]
[assembly: AssemblyFixture(typeof(MySqlServer))]
[assembly: AssemblyFixture(typeof(RabbitMqBroker))]
[assembly: AssemblyFixture(typeof(SmtpServer))]
